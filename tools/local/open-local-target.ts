import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { ECRClient } from "@aws-sdk/client-ecr";
import { S3Client } from "@aws-sdk/client-s3";
import { clientEnvironment, type LocalAws, openLocalAws } from "@nv-demo/local-aws";
import { readEnvironment } from "../../stacks/environment/read-environment.ts";
import type { Target } from "../deploy/target.ts";
import { Terraform } from "../deploy/terraform.ts";
import { pushToLocal } from "../images/local-images.ts";
import type { Stack } from "../synth/manifest.ts";
import { dataDirectory, outputDirectory } from "../synth/settings.ts";
import { synthesize } from "../synth/synthesize.ts";
import { localAwsOptions } from "./local-aws-options.ts";

/** Each Terraform waits for the provider, which is in one process for all of them, for part of its time. */
const PARALLELISM = availableParallelism() + 1;

/** The local deployment as a target: the running one, or one of this process's own until the target is closed. */
export async function openLocalTarget(): Promise<Target> {
  const stacks = await synthesize();
  return localTarget(await openLocalAws(dataDirectory(), localAwsOptions()), stacks);
}

export interface LocalTargetOptions {
  /** The folder to which the stacks were synthesized; default: that of the local deployment. */
  readonly output?: string;
  /** Where the state of the state bucket's stack lies until there is a bucket; default: in the data folder. */
  readonly bootstrapState?: string;
  /** Choose the environment, with `NV_DEMO_ENVIRONMENT=local`; default: those of this process. */
  readonly variables?: NodeJS.ProcessEnv;
}

/** A local AWS as a target: it is deployed to like any account, with the local provider attached to each Terraform. */
export function localTarget(aws: LocalAws, stacks: readonly Stack[], options: LocalTargetOptions = {}): Target {
  const { output = outputDirectory(), variables = process.env } = options;
  forgetErroredStates(stacks);
  const client = { endpoint: aws.endpoint, region: "us-east-1", credentials: aws.accessKey };
  const ecr = new ECRClient(client);
  return {
    environment: readEnvironment({ ...variables, NV_DEMO_ENVIRONMENT: "local" }),
    stacks,
    output,
    terraform: new Terraform(
      { ...clientEnvironment(aws), NV_DEMO_ENVIRONMENT: "local" },
      (directory) => aws.attach(directory),
      aws.spawn,
    ),
    parallelism: PARALLELISM,
    bootstrapState: options.bootstrapState ?? join(dataDirectory(), "bootstrap.tfstate"),
    s3: new S3Client({ ...client, forcePathStyle: true }),
    ecr,
    pushImage: pushToLocal(ecr),
    providerLock: undefined,
    settle: () => aws.settle(),
    close: () => aws.stop(),
  };
}

/** What a Terraform that lost its AWS by a `kill -9` wrote beside its configuration; the local AWS knows better. */
function forgetErroredStates(stacks: readonly Stack[]): void {
  for (const { directory } of stacks) rmSync(join(directory, "errored.tfstate"), { force: true });
}
