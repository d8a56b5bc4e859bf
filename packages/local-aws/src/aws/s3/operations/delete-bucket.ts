import { bucketArn } from "../names.ts";
import type { Operation } from "./context.ts";

export const deleteBucket: Operation = async ({ store, blobs }, { bucket, call }) => {
  call.authorize("s3:DeleteBucket", bucketArn(bucket));
  const parts = store.deleteBucket(bucket);
  await blobs.remove(parts.map(({ blob }) => blob));
  return { status: 204 };
};
