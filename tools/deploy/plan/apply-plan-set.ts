import { resolve } from "node:path";
import type { EnvironmentName } from "../../../stacks/environment/environment.ts";
import { readBuildInfo } from "../../bundle/read-build-info.ts";
import { ROOT } from "../../paths/root.ts";
import { onlyStacks } from "../../synth/manifest.ts";
import { withTarget } from "../../target/open-target.ts";
import { afterApply } from "../apply-and-push-images.ts";
import { openChangesReport } from "../changes-report.ts";
import { openProgress } from "../open-progress.ts";
import { printDelegation } from "../print-delegation.ts";
import { StateStore } from "../state/state-store.ts";
import { applyPlans } from "./apply-plans.ts";
import { readPlanSet } from "./plan-set.ts";
import { refuseStalePlans, refuseUnapprovedPlans } from "./refusals.ts";

export interface ApplyOptions {
  /** The folder with `plan.json` and the saved plans. */
  readonly plans: string;
  /** SHA-256 of `plan.json` as it was approved. */
  readonly sha256: string | undefined;
  readonly json: boolean;
  /** Also print attributes that did not change. */
  readonly verbose: boolean;
}

/**
 * Applies saved plans, and no others.
 *
 * @returns the exit code.
 * @throws PlanSetError, PlanRefusedError before anything is applied.
 */
export async function applyPlanSet(
  environment: EnvironmentName,
  { plans, sha256: approved, json, verbose }: ApplyOptions,
): Promise<number> {
  const folder = resolve(plans);
  const planSet = readPlanSet(folder);
  const { set, providerLock } = planSet;
  const { long: commit } = await readBuildInfo(ROOT);
  refuseUnapprovedPlans(planSet, { environment, commit, approved });
  return withTarget(environment, { providerLock, mustExist: true }, async (target) => {
    const states = new StateStore(target.s3);
    await refuseStalePlans(folder, set, target, states);
    const planned = onlyStacks(target.stacks, Object.keys(set.plans));
    const progress = openProgress(planned, json);
    const report = openChangesReport({ json, verbose });
    const succeeded = await applyPlans({ ...target, set, folder, progress, report, afterApply: afterApply(target) });
    report.print(planned);
    progress.report();
    if (succeeded) await printDelegation(target.environment.domain, planned, states, json);
    const waiting = Object.keys(set.waiting);
    const again = succeeded && waiting.length > 0 && Object.keys(set.plans).length > 0;
    if (json) console.log(JSON.stringify({ type: "result", succeeded, again, waiting: set.waiting }));
    else if (again) console.log(`Plan and apply once more: ${waiting.join(", ")} can be planned now.`);
    return succeeded ? 0 : 1;
  });
}
