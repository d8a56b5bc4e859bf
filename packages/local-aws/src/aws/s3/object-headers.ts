import type { IncomingHttpHeaders } from "node:http";
import { AwsError } from "../../runtime/error.ts";
import type { BucketRecord } from "./bucket-record.ts";
import { notImplemented } from "./errors.ts";
import type { ObjectProperties, ObjectVersion } from "./object-version.ts";
import { OVERRIDABLE_HEADERS } from "./parameters.ts";
import { header, type S3Request } from "./request.ts";
import { checkTags } from "./tags.ts";
import { child, children, childText } from "./xml.ts";

/** The total of names and values. https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
const MAX_USER_METADATA_BYTES = 2048;

/** Stored with an object and returned unchanged. */
const STORED_HEADERS = [...OVERRIDABLE_HEADERS, "x-amz-storage-class", "x-amz-website-redirect-location"];

const ENCRYPTION_HEADERS = [
  "x-amz-server-side-encryption",
  "x-amz-server-side-encryption-aws-kms-key-id",
  "x-amz-server-side-encryption-bucket-key-enabled",
  "x-amz-server-side-encryption-context",
];

const STORAGE_CLASSES = new Set([
  "STANDARD",
  "REDUCED_REDUNDANCY",
  "STANDARD_IA",
  "ONEZONE_IA",
  "INTELLIGENT_TIERING",
  "GLACIER_IR",
]);

/** Rejected, because ignoring them silently would be wrong. The values are the features in the error message. */
const UNSUPPORTED_HEADERS: Readonly<Record<string, string>> = {
  "x-amz-server-side-encryption-customer-algorithm": "server-side encryption with customer keys",
  "x-amz-object-lock-mode": "Object Lock",
  "x-amz-object-lock-legal-hold": "Object Lock",
  "x-amz-write-offset-bytes": "appends",
};

/** ACLs that grant access only to the owner, and so have no effect with object ownership BucketOwnerEnforced. */
const ALLOWED_ACLS = new Set(["bucket-owner-full-control", "private"]);

/** The properties of a new object, from the request headers and the defaults of the bucket. */
export function objectProperties(request: S3Request, bucket: BucketRecord): ObjectProperties {
  rejectUnsupportedHeaders(request.headers);
  const stored = pick(request.headers, [...STORED_HEADERS, ...ENCRYPTION_HEADERS]);
  const encoding = withoutTransferEncoding(stored["content-encoding"]);
  const { "content-encoding": _, ...others } = stored;
  const storageClass = stored["x-amz-storage-class"] ?? "STANDARD";
  if (!STORAGE_CLASSES.has(storageClass)) {
    throw new AwsError("InvalidStorageClass", "The storage class you specified is not valid");
  }
  return {
    headers: {
      "content-type": "binary/octet-stream",
      ...bucketEncryption(bucket),
      ...others,
      ...(encoding ? { "content-encoding": encoding } : {}),
      ...userMetadata(request.headers),
    },
    tags: tagsOf(request),
  };
}

/** The headers of a response that returns or describes an object. */
export function objectHeaders(version: ObjectVersion): Readonly<Record<string, string | number | undefined>> {
  const { "x-amz-storage-class": storageClass, ...headers } = version.headers;
  const tags = Object.keys(version.tags).length;
  return {
    ...headers,
    "x-amz-storage-class": storageClass === "STANDARD" ? undefined : storageClass,
    "accept-ranges": "bytes",
    "last-modified": new Date(version.modified).toUTCString(),
    "x-amz-tagging-count": tags > 0 ? tags : undefined,
    etag: `"${version.etag}"`,
  };
}

/** The encryption headers of a response to a write. */
export function encryptionHeaders({ headers }: ObjectProperties): Readonly<Record<string, string>> {
  return pick(headers, ENCRYPTION_HEADERS);
}

export function checksumHeaders({
  checksum,
}: Pick<ObjectVersion, "checksum">): Readonly<Record<string, string | undefined>> {
  if (!checksum) return {};
  return { [`x-amz-checksum-${checksum.algorithm}`]: checksum.value, "x-amz-checksum-type": checksum.type };
}

/** `x-amz-version-id`, which S3 sends only if versioning is or was enabled. */
export function versionHeaders(bucket: BucketRecord, versionId: string | undefined): Readonly<Record<string, string>> {
  const versioned = childText(bucket.configurations.versioning, "Status") !== undefined;
  return versioned && versionId !== undefined ? { "x-amz-version-id": versionId } : {};
}

/** @throws AwsError `NotImplemented` or `AccessControlListNotSupported`. */
export function rejectUnsupportedHeaders(headers: IncomingHttpHeaders): void {
  for (const [name, feature] of Object.entries(UNSUPPORTED_HEADERS)) {
    if (headers[name] !== undefined) throw notImplemented(feature);
  }
  const acl = headers["x-amz-acl"];
  const grants = Object.keys(headers).some((name) => name.startsWith("x-amz-grant-"));
  if (grants || (acl !== undefined && !ALLOWED_ACLS.has(String(acl)))) {
    throw new AwsError("AccessControlListNotSupported", "The bucket does not allow ACLs");
  }
}

function tagsOf(request: S3Request): Readonly<Record<string, string>> {
  const tagging = header(request, "x-amz-tagging");
  if (tagging === undefined) return {};
  const pairs = [...new URLSearchParams(tagging)];
  checkTags(pairs);
  return Object.fromEntries(pairs);
}

function userMetadata(headers: IncomingHttpHeaders): Record<string, string> {
  const prefix = "x-amz-meta-";
  const metadata = Object.entries(headers)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [name, String(value)] as const);
  const size = metadata.reduce((sum, [name, value]) => sum + name.length - prefix.length + value.length, 0);
  if (size > MAX_USER_METADATA_BYTES) {
    throw new AwsError("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size", 400, {
      Size: String(size),
      MaxSizeAllowed: String(MAX_USER_METADATA_BYTES),
    });
  }
  return Object.fromEntries(metadata);
}

/** Removes `aws-chunked`, which is an encoding of the transfer, not of the object. */
function withoutTransferEncoding(encoding: string | undefined): string {
  return (encoding ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "" && part !== "aws-chunked")
    .join(",");
}

/** The default encryption of the bucket. Without an encryption configuration: S3-managed keys. */
export function bucketEncryption({ configurations }: BucketRecord): Record<string, string> {
  const rule = children(configurations.encryption, "Rule")[0];
  const defaults = child(rule, "ApplyServerSideEncryptionByDefault");
  const key = childText(defaults, "KMSMasterKeyID");
  return {
    "x-amz-server-side-encryption": childText(defaults, "SSEAlgorithm") ?? "AES256",
    ...(key ? { "x-amz-server-side-encryption-aws-kms-key-id": key } : {}),
  };
}

function pick(headers: IncomingHttpHeaders | Readonly<Record<string, string>>, names: readonly string[]) {
  return Object.fromEntries(
    names.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
  ) as Record<string, string>;
}
