import { AwsError } from "../../runtime/error.ts";
import type { BucketRecord, ConfigurationName } from "./bucket-record.ts";
import { malformedXml } from "./errors.ts";
import { checkLifecycle } from "./lifecycle-rules.ts";
import { checkNotification } from "./notification-targets.ts";
import { tagsFromDocument } from "./tags.ts";
import { children, childText, type XmlDocument } from "./xml.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/CostAllocTagging.html */
const MAX_BUCKET_TAGS = 50;

/** The properties of one kind of bucket configuration. */
export interface ConfigurationKind {
  /** The suffix of the action names: `Get<action>`, `Put<action>`, `Delete<action>`. */
  readonly action: string;
  readonly permissions: { readonly get: string; readonly put: string; readonly delete?: string };
  /** The root element of the XML document. */
  readonly root: string;
  /** The response when the bucket has no such configuration. */
  readonly whenMissing: XmlDocument | { readonly error: string; readonly message: string };
  /** @throws AwsError when S3 would reject the document. */
  readonly check?: (document: XmlDocument) => void;
}

const missing = (error: string, message: string) => ({ error, message });

export const CONFIGURATIONS: Readonly<Record<ConfigurationName, ConfigurationKind>> = {
  cors: {
    action: "BucketCors",
    permissions: { get: "s3:GetBucketCORS", put: "s3:PutBucketCORS" },
    root: "CORSConfiguration",
    whenMissing: missing("NoSuchCORSConfiguration", "The CORS configuration does not exist"),
    check: (document) => requireElement(document, "CORSRule"),
  },
  encryption: {
    action: "BucketEncryption",
    permissions: { get: "s3:GetEncryptionConfiguration", put: "s3:PutEncryptionConfiguration" },
    root: "ServerSideEncryptionConfiguration",
    whenMissing: {
      Rule: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: "false" }],
    },
    check: (document) => requireElement(document, "Rule"),
  },
  lifecycle: {
    action: "BucketLifecycleConfiguration",
    permissions: { get: "s3:GetLifecycleConfiguration", put: "s3:PutLifecycleConfiguration" },
    root: "LifecycleConfiguration",
    whenMissing: missing("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"),
    check: checkLifecycle,
  },
  logging: {
    action: "BucketLogging",
    permissions: { get: "s3:GetBucketLogging", put: "s3:PutBucketLogging" },
    root: "BucketLoggingStatus",
    whenMissing: {},
  },
  notification: {
    action: "BucketNotificationConfiguration",
    permissions: { get: "s3:GetBucketNotification", put: "s3:PutBucketNotification" },
    root: "NotificationConfiguration",
    whenMissing: {},
    check: checkNotification,
  },
  ownershipControls: {
    action: "BucketOwnershipControls",
    permissions: { get: "s3:GetBucketOwnershipControls", put: "s3:PutBucketOwnershipControls" },
    root: "OwnershipControls",
    whenMissing: missing("OwnershipControlsNotFoundError", "The bucket ownership controls were not found"),
    check: (document) => requireElement(document, "Rule"),
  },
  policy: {
    action: "BucketPolicy",
    permissions: { get: "s3:GetBucketPolicy", put: "s3:PutBucketPolicy", delete: "s3:DeleteBucketPolicy" },
    root: "Policy",
    whenMissing: missing("NoSuchBucketPolicy", "The bucket policy does not exist"),
    check: checkPolicy,
  },
  publicAccessBlock: {
    action: "PublicAccessBlock",
    permissions: { get: "s3:GetBucketPublicAccessBlock", put: "s3:PutBucketPublicAccessBlock" },
    root: "PublicAccessBlockConfiguration",
    whenMissing: missing("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found"),
  },
  tagging: {
    action: "BucketTagging",
    permissions: { get: "s3:GetBucketTagging", put: "s3:PutBucketTagging" },
    root: "Tagging",
    whenMissing: missing("NoSuchTagSet", "The TagSet does not exist"),
    check: (document) => void tagsFromDocument(document, MAX_BUCKET_TAGS),
  },
  versioning: {
    action: "BucketVersioning",
    permissions: { get: "s3:GetBucketVersioning", put: "s3:PutBucketVersioning" },
    root: "VersioningConfiguration",
    whenMissing: {},
    check: (document) => {
      if (!["Enabled", "Suspended"].includes(childText(document, "Status") ?? "")) throw malformedXml();
    },
  },
};

/** The configurations of a new bucket. Since April 2023, S3 blocks public access and disables ACLs. */
export function newBucketConfigurations(): BucketRecord["configurations"] {
  return {
    publicAccessBlock: {
      BlockPublicAcls: "true",
      IgnorePublicAcls: "true",
      BlockPublicPolicy: "true",
      RestrictPublicBuckets: "true",
    },
    ownershipControls: { Rule: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
  };
}

function requireElement(document: XmlDocument, element: string): void {
  if (children(document, element).length === 0) throw malformedXml();
}

function checkPolicy(document: XmlDocument): void {
  try {
    const policy: unknown = JSON.parse(childText(document, "Policy") ?? "");
    if (typeof policy === "object" && policy !== null && "Statement" in policy) return;
  } catch {
    // Handled below, like any other text that is not a policy.
  }
  throw new AwsError("MalformedPolicy", "Policies must be valid JSON and the first byte must be '{'");
}
