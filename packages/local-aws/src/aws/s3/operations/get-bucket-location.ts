import { bucketArn } from "../names.ts";
import { renderXml } from "../xml.ts";
import type { Operation } from "./context.ts";

/** For us-east-1 the location constraint is empty. */
export const getBucketLocation: Operation = ({ store }, { bucket, call }) => {
  call.authorize("s3:GetBucketLocation", bucketArn(bucket));
  store.bucket(bucket);
  return { body: renderXml("LocationConstraint", {}) };
};
