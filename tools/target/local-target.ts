import { existsSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { ECRClient } from "@aws-sdk/client-ecr";
import { S3Client } from "@aws-sdk/client-s3";

import {
  clientEnvironment,
  connectLocalAws,
  hasLocalAws,
  InstanceRunningError,
  type LocalAws,
  prepareDataFolder,
  startLocalAws,
} from "@nv-demo/local-aws";
import { readEnvironment } from "../../stacks/environment/read-environment.ts";
import { findRunning } from "../aws/find-running.ts";
import { localAwsOptions } from "../aws/local-aws-options.ts";
import { explainingLocalAws, LocalDeploymentError } from "../aws/local-deployment-error.ts";
import { silentSteps } from "../command-line/terminal/steps.ts";
import { pushWithoutDocker } from "../images/local-images.ts";
import { dataDirectory } from "../paths/data-directory.ts";
import { outputDirectory } from "../paths/output-directory.ts";
import { chooseStacks, type Stack } from "../synth/manifest.ts";
import { synthesizeWithSteps } from "../synth/synthesis-steps.ts";
import { Terraform } from "../terraform/terraform.ts";
import { NothingDeployedError } from "./nothing-deployed-error.ts";
import { removeStaleLocks } from "./stale-locks.ts";
import type { Target, TargetOptions } from "./target.ts";

/** Each Terraform spends part of its time waiting for the provider, which runs in one process for all of them. */
const PARALLELISM = availableParallelism() + 1;

/** The local deployment as a target: the running instance, or one of this process until the target is closed. */
export async function openLocalTarget(options: TargetOptions = {}): Promise<Target> {
  const { stackNames = [], mustExist = false, steps = silentSteps } = options;
  await explainingLocalAws(() => prepareDataFolder(dataDirectory()));
  if (mustExist && !hasLocalAws(dataDirectory())) throw new NothingDeployedError("local");
  const stacks = await synthesizeWithSteps(steps);
  chooseStacks(stacks, stackNames);
  const starting = steps.begin("Connecting to the local AWS");
  const running = await explainingLocalAws(() => connectLocalAws(dataDirectory()));
  const target = localTarget(running ?? (await startForTarget()), stacks);
  if (!running) await removeStaleLocks(target);
  starting.done("Connected to the local AWS");
  return target;
}

function startForTarget(): Promise<LocalAws> {
  return explainingLocalAws(() => startLocalAws(dataDirectory(), localAwsOptions()));
}

export interface LocalTargetOptions {
  /** The folder that the stacks were synthesized to; default: that of the local deployment. */
  readonly output?: string;
  /** The file with the state of the state bucket's own stack until the bucket exists; default: in the data folder. */
  readonly bootstrapState?: string;
  /**
   * Variables that select the environment, in addition to `NV_DEMO_ENVIRONMENT=local`; default: those of this process.
   */
  readonly variables?: NodeJS.ProcessEnv;
}

/** A local AWS as a target: deployed to like an account, with the local provider attached to each Terraform. */
export function localTarget(aws: LocalAws, stacks: readonly Stack[], options: LocalTargetOptions = {}): Target {
  const { output = outputDirectory(), variables = process.env } = options;
  removeErroredStates(stacks);
  const environment = readEnvironment({ ...variables, NV_DEMO_ENVIRONMENT: "local" });
  const client = { endpoint: aws.endpoint, region: environment.region, credentials: aws.accessKey };
  const ecr = new ECRClient(client);
  return {
    environment,
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
    pushImage: pushWithoutDocker(ecr),
    providerLock: undefined,
    afterDeployment: () => aws.removeOrphans(),
    close: () => aws.stop(),
  };
}

/**
 * Whether a deployment to this machine was ever started.
 *
 * @throws LocalDeploymentError when the data folder cannot be used.
 */
export async function hasLocalDeployment(): Promise<boolean> {
  const data = dataDirectory();
  if (!existsSync(data)) return false;
  await explainingLocalAws(() => prepareDataFolder(data));
  return hasLocalAws(data);
}

/** @throws LocalDeploymentError when a local AWS is running. */
export function refuseWhileRunning(): void {
  const running = findRunning();
  if (running) throw new LocalDeploymentError(new InstanceRunningError(dataDirectory(), running));
}

/** Terraform writes this file if the local AWS is killed. The states in the local AWS are newer. */
function removeErroredStates(stacks: readonly Stack[]): void {
  for (const { directory } of stacks) rmSync(join(directory, "errored.tfstate"), { force: true });
}
