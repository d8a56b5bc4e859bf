import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { openLocalTarget } from "../local/open-local-target.ts";
import { openAwsTarget } from "./aws-target.ts";
import type { Target, TargetOptions } from "./target.ts";

/**
 * Synthesizes the stacks of an environment and opens the way to it: the running local deployment, or one that runs as long as the target is open; or the
 * environment's account, with the shell's credentials. Closes it when the work is done.
 *
 * @returns what the work resolves to.
 * @throws SynthesisError, WrongAwsError, EnvironmentError, ProviderInstallationError
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
  const target = name === "local" ? await openLocalTarget() : await openAwsTarget(name, options);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => target.terraform.stop());
  process.on("disconnect", () => target.terraform.stop()); // the launcher is gone
  return target;
}
