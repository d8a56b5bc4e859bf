import { readCommandLine, runCommand } from "../tools/command-line/command-line.ts";
import { deployTarget } from "../tools/deploy/deploy-target.ts";
import { openProgress } from "../tools/deploy/json-progress.ts";
import { withTarget } from "../tools/deploy/open-target.ts";
import { tellDelegation } from "../tools/deploy/print-delegation.ts";
import { requireReads } from "../tools/deploy/reads.ts";
import { stacksToWorkOn } from "../tools/deploy/select-stacks.ts";
import { StateStore } from "../tools/deploy/state/state-store.ts";
import { requireStateBucket } from "../tools/deploy/state-bucket.ts";

/**
 * `npm run deploy -- <environment> [stack …]`: plans and applies in one go, all stacks or those that are named, the state bucket first when there is none.
 *
 *   --changed-since <ref>  only stacks that are synthesized otherwise than from this commit
 *   --json                 tells it as lines of JSON
 */
const OPTIONS = { "changed-since": { type: "string" }, json: { type: "boolean" } } as const;

await runCommand(() => {
  const { environment, names, values } = readCommandLine(OPTIONS);
  return withTarget(environment, {}, async (target) => {
    const stacks = await stacksToWorkOn(target, names, values["changed-since"]);
    if (stacks.length < target.stacks.length) {
      await requireStateBucket(target);
      await requireReads(stacks, target.stacks, new StateStore(target.s3));
    }
    const progress = openProgress(stacks, values.json);
    const succeeded = await deployTarget(target, stacks, progress);
    progress.report();
    if (succeeded) await tellDelegation(target.environment.domain, stacks, new StateStore(target.s3), values.json);
    if (values.json) console.log(JSON.stringify({ type: "result", succeeded }));
    return succeeded ? 0 : 1;
  });
});
