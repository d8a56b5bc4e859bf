import type { ECRClient } from "@aws-sdk/client-ecr";
import type { S3Client } from "@aws-sdk/client-s3";
import type { Environment } from "../../stacks/environment/environment.ts";
import type { StepReporter } from "../command-line/terminal/steps.ts";
import type { PushImage } from "../images/required-images.ts";
import type { Stack } from "../synth/manifest.ts";
import type { Terraform } from "../terraform/terraform.ts";

/** An environment, and what a command needs to work on it: the same for AWS and for the local AWS. */
export interface Target {
  readonly environment: Environment;
  /** All stacks of the environment, just synthesized. */
  readonly stacks: readonly Stack[];
  /** The folder that the stacks were synthesized to. */
  readonly output: string;
  readonly terraform: Terraform;
  /** How many stacks are worked on at the same time. */
  readonly parallelism: number;
  /** The file with the state of the state bucket's own stack until the bucket exists. */
  readonly bootstrapState: string;
  /** For the states. */
  readonly s3: S3Client;
  /** For the container images. */
  readonly ecr: ECRClient;
  readonly pushImage: PushImage;
  /** Terraform's lock file with the versions of the providers; undefined where none is installed. */
  readonly providerLock: string | undefined;
  /** Call after all stacks were deployed successfully. */
  afterDeployment(): Promise<void>;
  close(): Promise<void>;
}

export interface TargetOptions {
  /** Receives what happens until the target is open; default: nothing is shown. */
  readonly steps?: StepReporter;
  /** Refuses a local deployment to which nothing was deployed, before the stacks are synthesized. */
  readonly mustExist?: boolean;
  /** Names of stacks from the command line, validated as soon as the stacks are synthesized. */
  readonly stackNames?: readonly string[];
  /** Terraform's lock file of another machine: these versions of the providers are installed. */
  readonly providerLock?: string | undefined;
}
