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
  readonly thing: string;
  /** Where its access log goes; `none` for the bucket that takes the access logs, which would log its own logging. */
  readonly accessLogs: AccessLogBucket | "none";
  /** `s3` where a log delivery writes, which has no right to KMS's key; `kms` elsewhere. */
  readonly encryption: "kms" | "s3";
  /** Days after which an object expires; without it objects stay. */
  readonly expireAfterDays?: number;
  /** Days that replaced and deleted versions can be brought back. */
  readonly keepOldVersionsDays: number;
  /** More about who may do what, built with the bucket's ARN. */
  readonly statements?: (bucketArn: string) => readonly Statement[];
}

/** A bucket of the same stack, or the name of another stack's. */
export type AccessLogBucket = PrivateBucket | { readonly name: string };

/** A bucket that nobody outside the account reaches, that is encrypted, versioned and logged, and cleans up behind itself. */
export class PrivateBucket extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly policy: S3BucketPolicy;
  /** What an object of the same stack waits for, so that none is ever unencrypted, without a version or in public. */
  readonly protections: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const { accessLogs } = props;
    const made = new S3Bucket(this, "Bucket", {
      bucket: stack.physicalName("bucket", props.thing),
      forceDestroy: stack.environment.dataOnDestroy === "delete",
    });
    this.arn = made.arn;
    this.name = made.bucket;
    const bucket = made.bucket;

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
          // one request to KMS for many objects instead of one for each
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
          noncurrentVersionExpiration: [{ noncurrentDays: props.keepOldVersionsDays }],
          ...(props.expireAfterDays !== undefined && { expiration: [{ days: props.expireAfterDays }] }),
        },
        {
          // a delete marker whose old versions are gone marks nothing; S3 does not allow this in one rule with days
          id: "remove-empty-delete-markers",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ expiredObjectDeleteMarker: true }],
        },
      ],
      dependsOn: [versioning], // the rule for old versions needs versions: https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
    });
    if (accessLogs !== "none") {
      new S3BucketLoggingA(this, "AccessLog", {
        bucket,
        targetBucket: accessLogs.name,
        targetPrefix: `${this.name}/`,
        // S3 looks whether the log may be delivered there before it agrees to log
        ...("policy" in accessLogs && { dependsOn: [accessLogs.policy] }),
      });
    }
    this.policy = new S3BucketPolicy(this, "Policy", {
      bucket,
      policy: policyDocument([
        denyPlainHttp("s3", [this.arn, `${this.arn}/*`]),
        ...(props.statements?.(this.arn) ?? []),
      ]),
      dependsOn: [publicAccess], // S3 refuses two changes of a bucket's access at the same time
    });
  }
}
