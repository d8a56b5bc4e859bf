import { stacksToWorkOn } from "./deployment/changed-since.ts";
import { readCommandLine, runCommand } from "./deployment/command-line.ts";
import { deploy } from "./deployment/deploy.ts";
import { openProgress } from "./deployment/json-lines.ts";
import { requireReads } from "./deployment/reads.ts";
import { StateStore } from "./deployment/state/state-store.ts";
import { requireStateBucket, stateBucketExists } from "./deployment/state-bucket.ts";
import { withTarget } from "./deployment/target.ts";
import { tellDelegation } from "./deployment/tell-delegation.ts";
import { applyAndBringImages } from "./images/bring-images.ts";

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
    const bucketExists = () => stateBucketExists(target.s3, target.stacks);
    const deployment = { ...target, stacks, progress, stateBucketExists: bucketExists };
    const succeeded = await deploy(deployment, applyAndBringImages(target));
    progress.report();
    if (succeeded && stacks.length === target.stacks.length) await target.settle();
    if (succeeded) await tellDelegation(target.environment.domain, stacks, new StateStore(target.s3), values.json);
    if (values.json) console.log(JSON.stringify({ type: "result", succeeded }));
    return succeeded ? 0 : 1;
  });
});
