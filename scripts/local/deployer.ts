import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { LocalAws } from "../../local/local-aws.ts";
import { reattachVariable } from "../../local/provider/server.ts";
import type { Deployment } from "../deployment/deploy.ts";
import { type Stack, stateBucketOf } from "../deployment/manifest.ts";
import type { Progress } from "../deployment/progress.ts";
import { Terraform } from "../deployment/terraform.ts";
import { awsVariables, dataDirectory, localEnvironment } from "./settings.ts";

/** How stacks are deployed to the local AWS: as to any account, with the local provider attached to each Terraform. */
export function localDeployment(aws: LocalAws, stacks: readonly Stack[], progress: Progress): Deployment {
  const attach = async (directory: string) => {
    const { port, close } = await aws.attach(directory);
    return { variables: { TF_REATTACH_PROVIDERS: reattachVariable(port) }, close };
  };
  // what a Terraform that lost its AWS by a `kill -9` wrote beside its configuration; the stand-in knows better
  for (const { directory } of stacks) rmSync(join(directory, "errored.tfstate"), { force: true });
  return {
    stacks,
    terraform: new Terraform(localEnvironment(awsVariables(aws.endpoint, aws.accessKey)), attach, aws.spawn),
    progress,
    parallelism: availableParallelism() + 1, // each waits for the provider, in this process, for part of its time
    bootstrapState: join(dataDirectory(), "bootstrap.tfstate"),
    stateBucketExists: async () => stacks.every((stack) => aws.bucketExists(stateBucketOf(stack))),
  };
}
