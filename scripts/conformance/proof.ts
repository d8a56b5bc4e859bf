import { errorsOf, type Terraform, type TerraformResult } from "../deployment/terraform.ts";
import type { Refused } from "./gaps.ts";
import type { JudgedStack } from "./judged-stack.ts";
import type { Verdicts } from "./verdicts.ts";

/** After which Terraform is interrupted: the provider waits for minutes for what the emulator never comes to. */
const PATIENCE_MS = 90_000;

/**
 * Does what the emulator is said to refuse: it must fail, and with the error that the table says.
 *
 * @param terraform that runs nothing else.
 * @param options `-destroy` for what can be made and not taken away.
 */
export async function prove(
  gap: Refused,
  judged: JudgedStack,
  terraform: Terraform,
  verdicts: Verdicts,
  options: readonly string[] = [],
): Promise<void> {
  const { directory } = judged.stack;
  // not refreshed, so that nothing is done about what else the emulator told otherwise
  const args = [
    "apply",
    "-refresh=false",
    "-input=false",
    "-auto-approve",
    "-json",
    `-target=${gap.address}`,
    ...options,
  ];
  const impatience = setTimeout(() => terraform.interrupt(), PATIENCE_MS);
  const result = await judged.with(gap, () => terraform.run(directory, args));
  clearTimeout(impatience);
  // half made, it may not even be read when it is to be destroyed; the emulator may keep it
  await terraform.run(directory, ["state", "rm", gap.address]);
  verdicts.gap(`${gap.stack}: ${gap.address}`, gap.reason, complaint(gap, result));
}

function complaint({ error }: Refused, result: TerraformResult): string | undefined {
  if (result.code === 0) return "is in the table of gaps, and the emulator takes it now";
  const errors = errorsOf(result);
  return errors.includes(error) ? undefined : `fails with another error than the table says: ${errors}`;
}
