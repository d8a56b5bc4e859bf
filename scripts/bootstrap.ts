import { readCommandLine, runCommand } from "../tools/command-line/command-line.ts";
import { bootstrap, isBootstrapPending, STATE_BUCKET_STACK } from "../tools/deploy/bootstrap.ts";
import { openProgress } from "../tools/deploy/json-progress.ts";
import { withTarget } from "../tools/deploy/open-target.ts";
import { stateBucketExists } from "../tools/deploy/state-bucket.ts";
import { onlyStacks } from "../tools/synth/manifest.ts";

/**
 * `npm run bootstrap -- <environment>`: makes the state bucket out of nothing, and nothing else. Safe to interrupt and to repeat.
 *
 *   --json  tells it as lines of JSON
 */
await runCommand(() => {
  const { environment, values } = readCommandLine({ json: { type: "boolean" } });
  return withTarget(environment, {}, async ({ stacks, s3, terraform, bootstrapState }) => {
    const only = onlyStacks(stacks, [STATE_BUCKET_STACK]);
    const progress = openProgress(only, values.json);
    let succeeded = true;
    for (const stack of only) {
      progress.begin(stack.name, "making the state bucket");
      const needed = isBootstrapPending(bootstrapState) || !(await stateBucketExists(s3, stacks));
      const errors = needed ? await bootstrap(terraform, stack, bootstrapState) : undefined;
      if (errors !== undefined) progress.fail(stack.name, errors);
      else progress.done(stack.name, needed ? "made, its state moved into it" : "is there already");
      succeeded = errors === undefined;
    }
    progress.report();
    if (values.json) console.log(JSON.stringify({ type: "result", succeeded }));
    return succeeded ? 0 : 1;
  });
});
