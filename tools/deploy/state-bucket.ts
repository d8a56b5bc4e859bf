import { HeadBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { stateBucketOf } from "../synth/configuration.ts";
import type { Stack } from "../synth/manifest.ts";
import { NothingDeployedError } from "../target/nothing-deployed-error.ts";
import type { Target } from "../target/target.ts";
import { isBootstrapPending } from "./bootstrap.ts";

/** Whether the state bucket of these stacks exists. All stacks of an environment have the same one. */
export async function stateBucketExists(client: S3Client, [stack]: readonly Stack[]): Promise<boolean> {
  if (!stack) throw new Error("There are no stacks.");
  try {
    await client.send(new HeadBucketCommand({ Bucket: stateBucketOf(stack) }));
    return true;
  } catch (error) {
    if ((error as { name?: string }).name === "NotFound") return false;
    throw error;
  }
}

/** @throws NothingDeployedError */
export async function requireStateBucket({
  environment,
  stacks,
  s3,
  bootstrapState,
}: Pick<Target, "environment" | "stacks" | "s3" | "bootstrapState">): Promise<void> {
  if (isBootstrapPending(bootstrapState) || !(await stateBucketExists(s3, stacks))) {
    throw new NothingDeployedError(environment.name);
  }
}
