import { REGION } from "../../../runtime/account.ts";
import { newBucketConfigurations } from "../configurations.ts";
import { notImplemented } from "../errors.ts";
import { bucketArn, checkBucketName } from "../names.ts";
import { refuseUnsupported } from "../object-headers.ts";
import type { Operation } from "../operation.ts";
import { bodyText } from "../request.ts";
import { renderXml } from "../xml.ts";

/** In us-east-1 it is no error to create a bucket of one's own again. */
export const createBucket: Operation = async ({ store }, request) => {
  const { bucket, headers, call } = request;
  call.authorize("s3:CreateBucket", bucketArn(bucket));
  checkBucketName(bucket);
  refuseUnsupported(headers);
  if (headers["x-amz-bucket-object-lock-enabled"] === "true") throw notImplemented("Object Lock");
  await bodyText(request);
  if (!store.hasBucket(bucket)) store.createBucket(bucket, newBucketConfigurations());
  return { headers: { location: `/${bucket}` } };
};

export const headBucket: Operation = ({ store }, { bucket, call }) => {
  call.authorize("s3:ListBucket", bucketArn(bucket));
  store.bucket(bucket);
  return { headers: { "x-amz-bucket-region": REGION, "x-amz-bucket-arn": bucketArn(bucket) } };
};

export const deleteBucket: Operation = async ({ store, blobs }, { bucket, call }) => {
  call.authorize("s3:DeleteBucket", bucketArn(bucket));
  const parts = store.deleteBucket(bucket);
  await blobs.remove(parts.map(({ blob }) => blob));
  return { status: 204 };
};

export const listBuckets: Operation = ({ store }, { query, call }) => {
  call.authorize("s3:ListAllMyBuckets", "*");
  const prefix = query.get("prefix") ?? "";
  const buckets = store.buckets().filter(({ name }) => name.startsWith(prefix));
  return {
    body: renderXml("ListAllMyBucketsResult", {
      Owner: { ID: "local", DisplayName: "local" },
      Buckets: {
        Bucket: buckets.map(({ name, created }) => ({
          Name: name,
          CreationDate: new Date(created).toISOString(),
          BucketRegion: REGION,
        })),
      },
    }),
  };
};

/** The answer for us-east-1 is empty. */
export const getBucketLocation: Operation = ({ store }, { bucket, call }) => {
  call.authorize("s3:GetBucketLocation", bucketArn(bucket));
  store.bucket(bucket);
  return { body: renderXml("LocationConstraint", {}) };
};

/** Bucket and object lists never differ from this: the bucket owner is enforced. */
export const getAcl: Operation = ({ store, objects }, { bucket, key, query, call }) => {
  const versionId = query.get("versionId") ?? undefined;
  if (key === "") call.authorize("s3:GetBucketAcl", bucketArn(bucket));
  else
    call.authorize(
      versionId === undefined ? "s3:GetObjectAcl" : "s3:GetObjectVersionAcl",
      `${bucketArn(bucket)}/${key}`,
    );
  store.bucket(bucket);
  if (key !== "") objects.find(bucket, key, versionId);
  const owner = { ID: "local", DisplayName: "local" };
  return {
    body: renderXml("AccessControlPolicy", {
      Owner: owner,
      AccessControlList: { Grant: [{ Grantee: owner, Permission: "FULL_CONTROL" }] },
    }),
  };
};
