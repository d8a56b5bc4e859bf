import { bucketArn } from "../names.ts";
import { ownerAcl } from "../owner.ts";
import type { Operation } from "./context.ts";

export const getBucketAcl: Operation = ({ store }, { bucket, call }) => {
  call.authorize("s3:GetBucketAcl", bucketArn(bucket));
  store.bucket(bucket);
  return ownerAcl();
};
