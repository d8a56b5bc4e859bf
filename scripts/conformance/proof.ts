import { errorsOf, type Terraform } from "../deployment/terraform.ts";
import type { LeftOut } from "./gaps.ts";
import type { JudgedStack } from "./judged-stack.ts";
import type { Verdicts } from "./verdicts.ts";

/** Applies what is otherwise left out: it must fail, and with the error that the table says. */
export async function prove(
  gap: LeftOut,
  judged: JudgedStack,
  terraform: Terraform,
  verdicts: Verdicts,
): Promise<void> {
  const target = ["apply", "-input=false", "-auto-approve", "-json", `-target=${gap.address}`];
  const result = await judged.with(gap, () => terraform.run(judged.stack.directory, target));
  // half made, it may not even be read when it is to be destroyed; the emulator may keep it
  await terraform.run(judged.stack.directory, ["state", "rm", gap.address]);
  const name = `${gap.stack}: ${gap.address}`;
  if (result.code === 0) verdicts.gap(name, gap.reason, "is left out, and the emulator takes it now");
  else if (!errorsOf(result).includes(gap.error))
    verdicts.gap(name, gap.reason, `fails with another error: ${errorsOf(result)}`);
  else verdicts.gap(name, gap.reason);
}
