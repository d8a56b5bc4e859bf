import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { interruption } from "../command-line/interruption.ts";
import { type StepReporter, Steps, silentSteps } from "../command-line/terminal/steps.ts";
import { openTerminal } from "../command-line/terminal/terminal.ts";
import { openAwsTarget } from "./aws-target.ts";
import { openLocalTarget } from "./local-target.ts";
import { stopWhenInterrupted } from "./stop-when-interrupted.ts";
import type { Target, TargetOptions } from "./target.ts";

/**
 * Synthesizes the stacks of an environment and connects to it: to the running local AWS, or to one that runs while the
 * target is open, or to the environment's account with the credentials of the shell. Closes the target when the work is
 * done.
 *
 * @returns what the work resolves to.
 * @throws SynthesisError, UsageError, WrongAwsError, EnvironmentError, ProviderInstallationError, InterruptedError
 */
export async function withTarget(
  name: EnvironmentName,
  options: TargetOptions,
  work: (target: Target) => Promise<number>,
): Promise<number> {
  const target = await openTarget(name, options);
  let code: number;
  try {
    code = await work(target);
  } finally {
    await target.close();
  }
  if (code !== 0) interruption().throwIfAborted();
  return code;
}

async function openTarget(name: EnvironmentName, options: TargetOptions): Promise<Target> {
  const steps = openSteps();
  try {
    const opened =
      name === "local" ? openLocalTarget({ steps, ...options }) : openAwsTarget(name, { steps, ...options });
    const target = await opened;
    stopWhenInterrupted(target.terraform);
    return target;
  } finally {
    steps.close();
  }
}

/** Steps on a terminal. A log gets only what the command itself prints. */
function openSteps(): StepReporter {
  const terminal = openTerminal(process.stderr);
  return terminal.isLive ? new Steps(terminal) : silentSteps;
}
