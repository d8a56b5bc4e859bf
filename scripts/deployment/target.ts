import type { ECRClient } from "@aws-sdk/client-ecr";
import type { S3Client } from "@aws-sdk/client-s3";
import type { Environment, EnvironmentName } from "../../stacks/environment.ts";
import type { Push } from "../images/bring-images.ts";
import { openLocalTarget } from "../local/deployer.ts";
import { openAwsTarget } from "./aws-target.ts";
import type { Stack } from "./manifest.ts";
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

/**
 * Synthesizes the stacks of an environment and opens the way to it: the running local deployment, or one that runs as long as the target is open; or the
 * environment's account, with the shell's credentials. Closes it when the work is done.
 *
 * @returns what the work resolves to.
 * @throws SynthesisError, WrongAwsError, EnvironmentError, ProviderInstallationError
 */
export async function withTarget(
  name: EnvironmentName,
  options: TargetOptions,
  work: (target: Target) => Promise<number>,
): Promise<number> {
  const target = await openTarget(name, options);
  try {
    return await work(target);
  } finally {
    await target.close();
  }
}

async function openTarget(name: EnvironmentName, options: TargetOptions): Promise<Target> {
  const target = name === "local" ? await openLocalTarget() : await openAwsTarget(name, options);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => target.terraform.stop());
  process.on("disconnect", () => target.terraform.stop()); // the launcher is gone
  return target;
}
