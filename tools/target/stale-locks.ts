import { DeleteObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { stateBucketOf } from "../synth/configuration.ts";
import type { Target } from "./target.ts";

/**
 * Deletes the state locks of Terraform processes that were killed with their local AWS. Call it when this process has
 * started the local AWS, before anything else uses it: then no other process can hold a lock.
 */
export async function removeStaleLocks({ s3, stacks }: Pick<Target, "s3" | "stacks">): Promise<void> {
  const buckets = new Set(stacks.map(stateBucketOf));
  for (const Bucket of buckets) {
    for (const Key of await lockKeys(s3, Bucket)) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  }
}

/** There are at most as many locks as stacks, which fit into one response of 1,000 keys with their states. */
async function lockKeys(s3: Target["s3"], bucket: string): Promise<readonly string[]> {
  try {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    return Contents.flatMap(({ Key }) => (Key?.endsWith(".tflock") ? [Key] : []));
  } catch (error) {
    if ((error as { name?: string }).name === "NoSuchBucket") return []; // Nothing was deployed yet.
    throw error;
  }
}
