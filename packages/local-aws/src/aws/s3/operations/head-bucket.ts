import { REGION } from "../../../runtime/account.ts";
import { bucketArn } from "../names.ts";
import type { Operation } from "./context.ts";

export const headBucket: Operation = ({ store }, { bucket, call }) => {
  call.authorize("s3:ListBucket", bucketArn(bucket));
  store.bucket(bucket);
  return { headers: { "x-amz-bucket-region": REGION, "x-amz-bucket-arn": bucketArn(bucket) } };
};
