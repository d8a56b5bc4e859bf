import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging/index.js";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls/index.js";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy/index.js";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import { denyPlainHttp, policyDocument, type Statement } from "../base/policy.ts";

export interface PrivateBucketProps {
  /** The bucket's name after the prefix. */
  readonly name: string;
  /**
   * The target of the access log; `none` for the bucket of the access logs itself, which would log its own log writes.
   */
  readonly accessLogs: AccessLogBucket | "none";
  /**
   * `s3` for buckets to which an AWS service delivers logs, which cannot use the AWS managed KMS key; otherwise `kms`.
   */
  readonly encryption: "kms" | "s3";
  /** Days after which objects expire; by default they do not. */
  readonly expireAfterDays?: number;
  /** Days after which objects with a prefix expire earlier. */
  readonly expirePrefixes?: Readonly<Record<string, number>>;
  /** Days after which objects move to cheaper storage classes. */
  readonly transitions?: readonly Transition[];
  /** Days after which noncurrent versions expire. */
  readonly noncurrentVersionDays: number;
  /** Additional statements of the bucket policy. */
  readonly statements?: (bucketArn: string) => readonly Statement[];
}

export interface Transition {
  readonly days: number;
  readonly storageClass: "STANDARD_IA" | "GLACIER_IR";
}

/** A bucket of the same stack, or the name of a bucket of another stack. */
export type AccessLogBucket = PrivateBucket | { readonly name: string };

/** A bucket without public access that is encrypted, versioned and logged, with a lifecycle configuration. */
export class PrivateBucket extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly policy: S3BucketPolicy;
  /** Dependencies of objects of the same stack, so that no object is ever unencrypted, unversioned or public. */
  readonly protections: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const { accessLogs } = props;
    const created = new S3Bucket(this, "Bucket", {
      bucket: stack.physicalName("bucket", props.name),
      forceDestroy: stack.environment.dataOnDestroy === "delete",
    });
    this.arn = created.arn;
    this.name = created.bucket;
    const { bucket } = created;

    const publicAccess = new S3BucketPublicAccessBlock(this, "PublicAccess", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, "Ownership", { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } });
    const versioning = new S3BucketVersioningA(this, "Versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    const encryption = new S3BucketServerSideEncryptionConfigurationA(this, "Encryption", {
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: props.encryption === "kms" ? "aws:kms" : "AES256" },
          // One request to KMS for many objects instead of one per object.
          bucketKeyEnabled: props.encryption === "kms",
        },
      ],
    });
    this.protections = [publicAccess, versioning, encryption];
    new S3BucketLifecycleConfiguration(this, "Lifecycle", {
      bucket,
      rule: [
        {
          id: "clean-up",
          status: "Enabled",
          filter: [{ prefix: "" }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
          noncurrentVersionExpiration: [{ noncurrentDays: props.noncurrentVersionDays }],
          ...(props.expireAfterDays !== undefined && { expiration: [{ days: props.expireAfterDays }] }),
          ...(props.transitions && { transition: [...props.transitions] }),
        },
        ...Object.entries(props.expirePrefixes ?? {}).map(([prefix, days]) => ({
          id: `expire-${prefix.replace(/\/$/, "")}`,
          status: "Enabled",
          filter: [{ prefix }],
          expiration: [{ days }],
        })),
        {
          // Removes expired delete markers; S3 does not allow this in a rule with an expiration in days.
          id: "remove-empty-delete-markers",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ expiredObjectDeleteMarker: true }],
        },
      ],
      // The rule for noncurrent versions requires versioning:
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
      dependsOn: [versioning],
    });
    if (accessLogs !== "none") {
      new S3BucketLoggingA(this, "AccessLog", {
        bucket,
        targetBucket: accessLogs.name,
        targetPrefix: `${this.name}/`,
        // S3 verifies that the log can be delivered before it accepts the configuration.
        ...("policy" in accessLogs && { dependsOn: [accessLogs.policy] }),
      });
    }
    this.policy = new S3BucketPolicy(this, "Policy", {
      bucket,
      policy: policyDocument([
        denyPlainHttp("s3", [this.arn, `${this.arn}/*`]),
        ...(props.statements?.(this.arn) ?? []),
      ]),
      dependsOn: [publicAccess], // S3 rejects two concurrent changes of the access to a bucket.
    });
  }
}
