import { openTerminal } from "../tools/command-line/terminal/terminal.ts";
import { deploy, destroy } from "../tools/deploy/deploy.ts";
import type { Progress } from "../tools/deploy/progress.ts";
import { TerminalProgress } from "../tools/deploy/terminal-progress.ts";
import type { Stack } from "../tools/synth/manifest.ts";
import type { EmulatedAccount } from "./emulated-account.ts";
import { MOTO_GAPS, type UnsupportedResource } from "./emulator-gaps.ts";
import { destroyDespiteRefusals } from "./known-refusals.ts";
import { recordProgress } from "./record-progress.ts";
import type { Results } from "./results.ts";
import { StackRunner } from "./stack-runner.ts";
import type { State } from "./states.ts";

/**
 * Applies the stacks with the real provider, plans them again and destroys them.
 *
 * @param options.complete all stacks are run, so every known gap of the emulator must occur.
 * @returns the state of each applied stack.
 */
export async function runStacks(
  stacks: readonly Stack[],
  account: EmulatedAccount,
  results: Results,
  { complete }: { readonly complete: boolean },
): Promise<ReadonlyMap<string, State>> {
  const runner = new StackRunner(stacks, MOTO_GAPS, account, results);
  const applied = await deploy(account.deployment(stacks, openProgress("apply", stacks, results)), runner.work);
  await runner.finishVerifications();
  if (applied && complete) runner.checkUnstableArguments();
  const { undeletable } = MOTO_GAPS;
  const progress = openProgress("destroy", stacks, results, undeletable);
  await destroy(account.deployment(stacks, progress), destroyDespiteRefusals(undeletable));
  return runner.states;
}

function openProgress(
  action: string,
  stacks: readonly Stack[],
  results: Results,
  knownRefusals: readonly UnsupportedResource[] = [],
): Progress {
  console.log(`\n${action}:`);
  const terminal = openTerminal(process.stdout);
  return recordProgress(new TerminalProgress({ stacks, terminal }), results, action, knownRefusals);
}
