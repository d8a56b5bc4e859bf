import { resolve } from "node:path";
import { readBuildInfo } from "../tools/bundle/read-build-info.ts";
import { readCommandLine, runCommand, UsageError } from "../tools/command-line/command-line.ts";
import { afterApply } from "../tools/deploy/apply-and-bring-images.ts";
import { openProgress } from "../tools/deploy/json-progress.ts";
import { withTarget } from "../tools/deploy/open-target.ts";
import { applyPlans } from "../tools/deploy/plan/apply-plans.ts";
import { readPlanSet } from "../tools/deploy/plan/plan-set.ts";
import { refuseForeignPlans, refuseStalePlans } from "../tools/deploy/plan/refusals.ts";
import { tellDelegation } from "../tools/deploy/print-delegation.ts";
import { StateStore } from "../tools/deploy/state/state-store.ts";
import { onlyStacks } from "../tools/synth/manifest.ts";
import { ROOT } from "../tools/synth/settings.ts";

/**
 * `npm run apply -- <environment> --plans <folder>`: applies the plans that npm run plan -- --out wrote, and no others.
 *
 *   --sha256 <hash>  of plan.json as it was approved
 *   --json           tells it as lines of JSON; `again` in the last one says whether another round is needed
 *
 * Refuses before anything is touched when a plan was changed, when it is of another commit, environment or account, and when a state moved on.
 */
const OPTIONS = { plans: { type: "string" }, sha256: { type: "string" }, json: { type: "boolean" } } as const;

await runCommand(async () => {
  const { environment, names, values } = readCommandLine(OPTIONS);
  if (values.plans === undefined) throw new UsageError("--plans <folder> is needed: npm run plan -- --out writes it.");
  if (names.length > 0) throw new UsageError(`What is applied is what was planned, not ${names.join(", ")}.`);
  const folder = resolve(values.plans);
  const planSet = readPlanSet(folder);
  const { set, providerLock } = planSet;
  const { long: commit } = await readBuildInfo(ROOT);
  refuseForeignPlans(planSet, { environment, commit, approved: values.sha256 });
  return withTarget(environment, { providerLock }, async (target) => {
    const states = new StateStore(target.s3);
    await refuseStalePlans(folder, set, target, states);
    const planned = onlyStacks(target.stacks, Object.keys(set.plans));
    const progress = openProgress(planned, values.json);
    const succeeded = await applyPlans({ ...target, set, folder, progress, afterwards: afterApply(target) });
    progress.report();
    if (succeeded) await tellDelegation(target.environment.domain, planned, states, values.json);
    const waiting = Object.keys(set.waiting);
    const again = succeeded && waiting.length > 0 && Object.keys(set.plans).length > 0;
    if (values.json) console.log(JSON.stringify({ type: "result", succeeded, again, waiting: set.waiting }));
    else if (again) console.log(`${waiting.join(", ")} can be planned now: plan and apply once more.`);
    return succeeded ? 0 : 1;
  });
});
