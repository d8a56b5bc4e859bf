import { newBucketConfigurations } from "../configurations.ts";
import { notImplemented } from "../errors.ts";
import { bucketArn, checkBucketName } from "../names.ts";
import { rejectUnsupportedHeaders } from "../object-headers.ts";
import { bodyText } from "../request.ts";
import type { Operation } from "./context.ts";

/** In us-east-1, creating a bucket that the caller already owns is not an error. */
export const createBucket: Operation = async ({ store }, request) => {
  const { bucket, headers, call } = request;
  call.authorize("s3:CreateBucket", bucketArn(bucket));
  checkBucketName(bucket);
  rejectUnsupportedHeaders(headers);
  if (headers["x-amz-bucket-object-lock-enabled"] === "true") throw notImplemented("Object Lock");
  await bodyText(request);
  if (!store.hasBucket(bucket)) store.createBucket(bucket, newBucketConfigurations());
  return { headers: { location: `/${bucket}` } };
};
