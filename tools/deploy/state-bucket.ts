import { HeadBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { CommandError } from "../command-line/errors.ts";
import { stateBucketOf } from "../synth/configuration.ts";
import type { Stack } from "../synth/manifest.ts";
import type { Target } from "../target/target.ts";
import { isBootstrapPending } from "./bootstrap.ts";

/** The state bucket does not exist yet, or its bootstrap was interrupted. */
export class NoStateBucketError extends CommandError {
  override readonly name = "NoStateBucketError";
  readonly code = "NO_STATE_BUCKET";

  constructor(environment: string) {
    super(`${environment} has no state bucket yet. Create it first: npm run bootstrap -- ${environment}`);
  }
}

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
