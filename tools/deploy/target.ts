import type { ECRClient } from "@aws-sdk/client-ecr";
import type { S3Client } from "@aws-sdk/client-s3";
import type { Environment } from "../../stacks/environment/environment.ts";
import type { Push } from "../images/wanted-images.ts";
import type { Stack } from "../synth/manifest.ts";
import type { Terraform } from "./terraform.ts";

/** An environment with all that a command needs to work on it. For AWS and for this machine the same, filled in differently. */
export interface Target {
  readonly environment: Environment;
  /** All of them, synthesized a moment ago. */
  readonly stacks: readonly Stack[];
  /** The folder that they were synthesized to. */
  readonly output: string;
  readonly terraform: Terraform;
  /** Stacks at work at the same time. */
  readonly parallelism: number;
  /** Where the state of the state bucket's own stack lies until there is a bucket. */
  readonly bootstrapState: string;
  /** For the states. */
  readonly s3: S3Client;
  /** For the container images. */
  readonly ecr: ECRClient;
  readonly pushImage: Push;
  /** The versions of the providers; none where no provider is installed. */
  readonly providerLock: string | undefined;
  /** Call after a deployment of all stacks that ended well. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface TargetOptions {
  /** A lock file of Terraform's from another machine: these versions of the providers are installed, and no newer ones. */
  readonly providerLock?: string | undefined;
}
