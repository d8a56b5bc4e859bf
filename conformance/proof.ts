import { errorsOf, type Terraform, type TerraformEvent, type TerraformResult } from "../tools/deploy/terraform.ts";
import type { Refused } from "./gaps.ts";
import type { JudgedStack } from "./judged-stack.ts";
import type { Verdicts } from "./verdicts.ts";

/** How long the provider may wait for what never comes, before Terraform is interrupted. */
const PATIENCE_MS = 60_000;

/** What is to be proven, and from where it starts. */
export interface Claim {
  readonly gap: Refused;
  readonly judged: JudgedStack;
  /** In which the stack is applied, but for what is left out. */
  readonly state: string;
}

/**
 * Does, in a copy of the stack, what the emulator is said to refuse: it must fail, and with the error that the table says.
 *
 * @param terraform that runs nothing else.
 */
export async function prove({ gap, judged, state }: Claim, terraform: Terraform, verdicts: Verdicts): Promise<void> {
  const others = judged.leftOut.filter((other) => other !== gap);
  const directory = judged.copy(gap.address, others, state);
  // not refreshed, so that nothing is done about what else the emulator told otherwise
  const command = ["apply", "-refresh=false", "-input=false", "-auto-approve", "-json", `-target=${gap.address}`];
  const initialized = await terraform.run(directory, ["init", "-input=false", "-no-color"]);
  const interruptLater = ({ type }: TerraformEvent) => {
    if (gap.waitsForEver && type === "apply_start") setTimeout(() => terraform.interrupt(), PATIENCE_MS);
  };
  const applied = initialized.code === 0 ? await terraform.run(directory, command, interruptLater) : initialized;
  let result = applied;
  if (gap.later && applied.code === 0) {
    result = await terraform.run(judged.stack.directory, ["plan", "-lock=false", "-input=false", "-json"]);
    await terraform.run(directory, [...command, "-destroy"]);
  }
  verdicts.gap(nameOf(gap), gap.reason, complaint(gap, result));
}

function nameOf({ stack, address }: Refused): string {
  return `${stack}: ${address}`;
}

function complaint({ error }: Refused, result: TerraformResult): string | undefined {
  if (result.code === 0) return "is in the table of gaps, and the emulator takes it now";
  const errors = errorsOf(result);
  return errors.includes(error) ? undefined : `fails with another error than the table says: ${errors}`;
}
