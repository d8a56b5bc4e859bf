import { HeadBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { type Stack, stateBucketOf } from "./manifest.ts";

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
