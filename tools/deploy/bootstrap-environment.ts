import type { EnvironmentName } from "../../stacks/environment/environment.ts";
import { onlyStacks } from "../synth/manifest.ts";
import { withTarget } from "../target/open-target.ts";
import { bootstrap, isBootstrapPending, STATE_BUCKET_STACK } from "./bootstrap.ts";
import { openProgress } from "./open-progress.ts";
import { stateBucketExists } from "./state-bucket.ts";

/** Creates the state bucket of an environment, unless it exists. @returns the exit code. */
export function bootstrapEnvironment(environment: EnvironmentName, json: boolean): Promise<number> {
  return withTarget(environment, {}, async ({ stacks, s3, terraform, bootstrapState }) => {
    const stateBucket = onlyStacks(stacks, [STATE_BUCKET_STACK]);
    const progress = openProgress(stateBucket, json);
    let succeeded = true;
    for (const stack of stateBucket) {
      progress.begin(stack.name, "creating the state bucket");
      const needed = isBootstrapPending(bootstrapState) || !(await stateBucketExists(s3, stacks));
      const errors = needed ? await bootstrap(terraform, stack, bootstrapState) : undefined;
      if (errors !== undefined) progress.fail(stack.name, errors);
      else progress.done(stack.name, needed ? "created, its state moved into it" : "exists already");
      succeeded = errors === undefined;
    }
    progress.report();
    if (json) console.log(JSON.stringify({ type: "result", succeeded }));
    return succeeded ? 0 : 1;
  });
}
