import { errorsOf, type Terraform, type TerraformEvent, type TerraformResult } from "../tools/terraform/terraform.ts";
import { gapName, type UnsupportedResource } from "./emulator-gaps.ts";
import type { Results } from "./results.ts";
import type { TestedStack } from "./tested-stack.ts";

/** Milliseconds after which Terraform is interrupted, because the provider waits for a state that never occurs. */
const WAIT_LIMIT_MS = 60_000;

export interface GapContext {
  readonly gap: UnsupportedResource;
  readonly tested: TestedStack;
  /** The state after the stack was applied without the omitted resources. */
  readonly state: string;
}

/**
 * Applies, in a copy of the stack, a resource that the emulator does not support: it must fail with the listed error.
 *
 * @param terraform an instance that runs no other command.
 */
export async function verifyGap(
  { gap, tested, state }: GapContext,
  terraform: Terraform,
  results: Results,
): Promise<void> {
  const others = tested.omitted.filter((other) => other !== gap);
  const directory = tested.copy(gap.address, others, state);
  // Without a refresh, so that other differences of the emulator cause no changes.
  const command = ["apply", "-refresh=false", "-input=false", "-auto-approve", "-json", `-target=${gap.address}`];
  const initialized = await terraform.run(directory, ["init", "-input=false", "-no-color"]);
  const interruptLater = ({ type }: TerraformEvent) => {
    if (gap.neverCompletes && type === "apply_start") setTimeout(() => terraform.interrupt(), WAIT_LIMIT_MS);
  };
  const applied = initialized.code === 0 ? await terraform.run(directory, command, interruptLater) : initialized;
  let result = applied;
  if (gap.failsLater && applied.code === 0) {
    result = await terraform.run(tested.stack.directory, ["plan", "-lock=false", "-input=false", "-json"]);
    await terraform.run(directory, [...command, "-destroy"]);
  }
  results.gap(gapName(gap), gap.reason, problemOf(gap, result));
}

function problemOf({ error }: UnsupportedResource, result: TerraformResult): string | undefined {
  if (result.code === 0) return "is listed as a gap, but the emulator supports it now";
  const errors = errorsOf(result);
  return errors.includes(error) ? undefined : `fails with another error than the listed one: ${errors}`;
}
