import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { withTarget } from "../target/open-target.ts";
import { applyAndReport } from "./apply-planned-stack.ts";
import { openChangesReport } from "./changes-report.ts";
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
  /** Also print attributes that did not change. */
  readonly verbose: boolean;
}

/**
 * Plans and applies stacks in one step, and prints what has changed when all of them have ended: nobody is asked
 * before, and stacks that are applied in parallel would print over each other.
 *
 * @returns the exit code.
 */
export function deployEnvironment(
  environment: EnvironmentName,
  stackNames: readonly string[],
  { changedSince, json, verbose }: DeployOptions,
): Promise<number> {
  return withTarget(environment, { stackNames }, async (target) => {
    const stacks = await selectStacks(target, stackNames, changedSince);
    const states = new StateStore(target.s3);
    if (stacks.length < target.stacks.length) {
      await requireStateBucket(target);
      await requireReads(stacks, target.stacks, states);
    }
    const progress = openProgress(stacks, json);
    const report = openChangesReport({ json, verbose });
    const folder = mkdtempSync(join(tmpdir(), "nv-demo-deploy-"));
    let succeeded: boolean;
    try {
      succeeded = await deployTarget(target, stacks, progress, applyAndReport(folder, report));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    report.print(stacks);
    progress.report();
    if (succeeded) await printDelegation(target.environment.domain, stacks, states, json);
    if (json) console.log(JSON.stringify({ type: "result", succeeded }));
    return succeeded ? 0 : 1;
  });
}
