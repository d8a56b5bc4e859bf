import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { ECRClient } from "@aws-sdk/client-ecr";
import { S3Client } from "@aws-sdk/client-s3";
import { readAccessKey } from "../../local/access-key.ts";
import type { AccessKey } from "../../local/aws/iam/access-control.ts";
import { findInstance, type InstanceAddress } from "../../local/instance-lock.ts";
import { type LocalAws, startLocalAws } from "../../local/local-aws.ts";
import { type Attachment, reattachVariable } from "../../local/provider/server.ts";
import { readEnvironment } from "../../stacks/read-environment.ts";
import type { Deployment } from "../deployment/deploy.ts";
import { type Stack, stateBucketOf } from "../deployment/manifest.ts";
import type { Progress } from "../deployment/progress.ts";
import type { Target } from "../deployment/target.ts";
import { type Attach, Terraform } from "../deployment/terraform.ts";
import { pushToLocal } from "../images/local-images.ts";
import { attachToRunning } from "./attach.ts";
import { awsVariables, dataDirectory, localEnvironment, outputDirectory } from "./settings.ts";
import { synthesize } from "./synthesize.ts";

/** Each Terraform waits for the provider, which is in one process for all of them, for part of its time. */
const PARALLELISM = availableParallelism() + 1;

/** How stacks are deployed to the local AWS: as to any account, with the local provider attached to each Terraform. */
export function localDeployment(aws: LocalAws, stacks: readonly Stack[], progress: Progress): Deployment {
  forgetErroredStates(stacks);
  return {
    stacks,
    terraform: ownTerraform(aws),
    progress,
    parallelism: PARALLELISM,
    bootstrapState: bootstrapState(),
    stateBucketExists: async () => stacks.every((stack) => aws.bucketExists(stateBucketOf(stack))),
  };
}

/** The local deployment as a target: the running one, or one of this process's own until the target is closed. */
export async function openLocalTarget(): Promise<Target> {
  const stacks = await synthesize();
  const running = findInstance(dataDirectory());
  const { endpoint, accessKey, terraform, settle, close } = running?.port // 0 while it starts
    ? throughRunning(running)
    : await throughOwn(await startLocalAws(dataDirectory()));
  forgetErroredStates(stacks);
  const client = { endpoint, region: "us-east-1", credentials: accessKey };
  const ecr = new ECRClient(client);
  return {
    environment: readEnvironment({ ...process.env, NV_DEMO_ENVIRONMENT: "local" }),
    stacks,
    output: outputDirectory(),
    terraform,
    parallelism: PARALLELISM,
    bootstrapState: bootstrapState(),
    s3: new S3Client({ ...client, forcePathStyle: true }),
    ecr,
    pushImage: pushToLocal(ecr),
    providerLock: undefined,
    settle,
    close,
  };
}

type Way = Pick<Target, "terraform" | "settle" | "close"> & {
  readonly endpoint: string;
  readonly accessKey: AccessKey;
};

function throughRunning(instance: InstanceAddress): Way {
  const endpoint = `http://127.0.0.1:${instance.port}`;
  const accessKey = readAccessKey(dataDirectory());
  const environment = localEnvironment(awsVariables(endpoint, accessKey));
  return {
    endpoint,
    accessKey,
    terraform: new Terraform(
      environment,
      attachBy((directory) => attachToRunning(instance, directory)),
    ),
    settle: async () => {}, // the instance does it at its own next start
    close: async () => {},
  };
}

async function throughOwn(aws: LocalAws): Promise<Way> {
  return {
    endpoint: aws.endpoint,
    accessKey: aws.accessKey,
    terraform: ownTerraform(aws),
    settle: () => aws.settle(),
    close: () => aws.stop(),
  };
}

function ownTerraform(aws: LocalAws): Terraform {
  const environment = localEnvironment(awsVariables(aws.endpoint, aws.accessKey));
  return new Terraform(
    environment,
    attachBy((directory) => aws.attach(directory)),
    aws.spawn,
  );
}

function attachBy(open: (directory: string) => Promise<Attachment>): Attach {
  return async (directory) => {
    const { port, close } = await open(directory);
    return { variables: { TF_REATTACH_PROVIDERS: reattachVariable(port) }, close };
  };
}

/** What a Terraform that lost its AWS by a `kill -9` wrote beside its configuration; the stand-in knows better. */
function forgetErroredStates(stacks: readonly Stack[]): void {
  for (const { directory } of stacks) rmSync(join(directory, "errored.tfstate"), { force: true });
}

function bootstrapState(): string {
  return join(dataDirectory(), "bootstrap.tfstate");
}
