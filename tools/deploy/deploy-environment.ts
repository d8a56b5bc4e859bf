import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { withTarget } from "../target/open-target.ts";
import { deployTarget } from "./deploy-target.ts";
import { openProgress } from "./open-progress.ts";
import { printDelegation } from "./print-delegation.ts";
import { requireReads } from "./reads.ts";
import { selectStacks } from "./select-stacks.ts";
import { StateStore } from "./state/state-store.ts";
import { requireStateBucket } from "./state-bucket.ts";

export interface DeployOptions {
  /** Deploy only stacks that differ from this commit. */
  readonly changedSince: string | undefined;
  readonly json: boolean;
}

/** Plans and applies stacks in one step. @returns the exit code. */
export function deployEnvironment(
  environment: EnvironmentName,
  stackNames: readonly string[],
  { changedSince, json }: DeployOptions,
): Promise<number> {
  return withTarget(environment, { stackNames }, async (target) => {
    const stacks = await selectStacks(target, stackNames, changedSince);
    const states = new StateStore(target.s3);
    if (stacks.length < target.stacks.length) {
      await requireStateBucket(target);
      await requireReads(stacks, target.stacks, states);
    }
    const progress = openProgress(stacks, json);
    const succeeded = await deployTarget(target, stacks, progress);
    progress.report();
    if (succeeded) await printDelegation(target.environment.domain, stacks, states, json);
    if (json) console.log(JSON.stringify({ type: "result", succeeded }));
    return succeeded ? 0 : 1;
  });
}
