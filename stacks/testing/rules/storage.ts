import { allowPlainHttp, argument, companion, deniesPlainHttp, everyStatement, get, type Rule } from "./rule.ts";

const BUCKET = "aws_s3_bucket";
const PUBLIC_ACCESS = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

export const storageRules: readonly Rule[] = [
  ...PUBLIC_ACCESS.map((attribute) =>
    companion(
      "CKV_AWS_53-56, CKV2_AWS_6, AWS-0086/87/91/93, S3.1, S3.8",
      BUCKET,
      "aws_s3_bucket_public_access_block",
      "bucket",
      (block) => block[attribute] === true,
      (block) => {
        block[attribute] = false;
      },
    ),
  ),
  companion(
    "CKV_AWS_19, AWS-0088",
    BUCKET,
    "aws_s3_bucket_server_side_encryption_configuration",
    "bucket",
    (encryption) =>
      get(encryption, ["rule", 0, "apply_server_side_encryption_by_default", "sse_algorithm"]) !== undefined,
    (encryption) => {
      encryption.rule = [{}];
    },
  ),
  companion(
    "CKV_AWS_21, AWS-0090",
    BUCKET,
    "aws_s3_bucket_versioning",
    "bucket",
    (versioning) => get(versioning, ["versioning_configuration", "status"]) === "Enabled",
    (versioning) => {
      versioning.versioning_configuration = { status: "Suspended" };
    },
  ),
  companion("CKV_AWS_18, AWS-0089, S3.9", BUCKET, "aws_s3_bucket_logging", "bucket"),
  companion(
    "CKV_AWS_379, AwsSolutions-S10, S3.5",
    BUCKET,
    "aws_s3_bucket_policy",
    "bucket",
    deniesPlainHttp,
    allowPlainHttp,
  ),
  everyStatement(
    "CKV_AWS_70, S3.2, S3.3",
    "aws_s3_bucket_policy",
    "policy",
    "names its principals",
    ({ Effect, Principal }) => Effect === "Deny" || !JSON.stringify(Principal).includes('"*"'),
    { Effect: "Allow", Principal: { AWS: "*" }, Action: "s3:GetObject", Resource: "*" },
  ),
  companion(
    "CKV2_AWS_65, AWS-0092, S3.12",
    BUCKET,
    "aws_s3_bucket_ownership_controls",
    "bucket",
    (controls) => get(controls, ["rule", "object_ownership"]) === "BucketOwnerEnforced",
    (controls) => {
      controls.rule = { object_ownership: "ObjectWriter" };
    },
  ),
  companion(
    "CKV2_AWS_61, CKV_AWS_300, S3.10, S3.13",
    BUCKET,
    "aws_s3_bucket_lifecycle_configuration",
    "bucket",
    (lifecycle) => get(lifecycle, ["rule", 0, "abort_incomplete_multipart_upload", 0]) !== undefined,
    (lifecycle) => {
      lifecycle.rule = [{ id: "nothing", status: "Enabled" }];
    },
  ),
  companion("CKV2_AWS_62, S3.11", BUCKET, "aws_s3_bucket_notification", "bucket"),
  argument("AWS-0320", BUCKET, "bucket", (name) => /^[a-z0-9-]{3,63}$/.test(String(name)), "with.dots"),
];
