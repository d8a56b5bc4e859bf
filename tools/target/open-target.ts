import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { openAwsTarget } from "./aws-target.ts";
import { openLocalTarget } from "./local-target.ts";
import type { Target, TargetOptions } from "./target.ts";

/**
 * Synthesizes the stacks of an environment and connects to it: to the running local AWS, or to one that runs while the
 * target is open, or to the environment's account with the credentials of the shell. Closes the target when the work is
 * done.
 *
 * @returns what the work resolves to.
 * @throws SynthesisError, UsageError, WrongAwsError, EnvironmentError, ProviderInstallationError
 */
export async function withTarget(
  name: EnvironmentName,
  options: TargetOptions,
  work: (target: Target) => Promise<number>,
): Promise<number> {
  const target = await openTarget(name, options);
  try {
    return await work(target);
  } finally {
    await target.close();
  }
}

async function openTarget(name: EnvironmentName, options: TargetOptions): Promise<Target> {
  const target = name === "local" ? await openLocalTarget(options) : await openAwsTarget(name, options);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => target.terraform.stop());
  process.on("disconnect", () => target.terraform.stop()); // The launcher has terminated.
  return target;
}
