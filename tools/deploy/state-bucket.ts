import { HeadBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { type Stack, stateBucketOf } from "../synth/manifest.ts";
import { isBootstrapPending } from "./bootstrap.ts";
import type { Target } from "./target.ts";

/** There is no bucket yet in which the states could lie, or its making was interrupted. */
export class NoStateBucketError extends Error {
  override readonly name = "NoStateBucketError";
  readonly code = "NO_STATE_BUCKET";

  constructor(environment: string) {
    super(`${environment} has no state bucket yet. Make it first: npm run bootstrap -- ${environment}`);
  }
}

/** Whether the bucket is there in which these stacks, all of one environment, keep their states. */
export async function stateBucketExists(client: S3Client, [stack]: readonly Stack[]): Promise<boolean> {
  if (!stack) throw new Error("there are no stacks");
  try {
    await client.send(new HeadBucketCommand({ Bucket: stateBucketOf(stack) }));
    return true;
  } catch (error) {
    if ((error as { name?: string }).name === "NotFound") return false;
    throw error;
  }
}

/** @throws NoStateBucketError */
export async function requireStateBucket({
  environment,
  stacks,
  s3,
  bootstrapState,
}: Pick<Target, "environment" | "stacks" | "s3" | "bootstrapState">): Promise<void> {
  if (isBootstrapPending(bootstrapState) || !(await stateBucketExists(s3, stacks))) {
    throw new NoStateBucketError(environment.name);
  }
}
