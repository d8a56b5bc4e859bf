import { authorizedVersion } from "./authorized-version.ts";
import { checkCopySourceConditions } from "./conditions.ts";
import { invalidArgument } from "./errors.ts";
import { objectArn } from "./names.ts";
import type { ObjectVersion } from "./object-version.ts";
import type { S3Context } from "./operations/context.ts";
import { header, type S3Request } from "./request.ts";

/**
 * Authorizes and finds the object in `x-amz-copy-source` (`bucket/key?versionId=…`, URL-encoded).
 *
 * @throws AwsError also when a condition on the source is not met.
 */
export function copySource(context: Pick<S3Context, "store" | "objects">, request: S3Request): ObjectVersion {
  const value = header(request, "x-amz-copy-source") ?? "";
  const { bucket, key, versionId } = parse(value);
  const action = versionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion";
  request.call.authorize(action, objectArn(bucket, key));
  const source = authorizedVersion(context, { ...request, bucket, key }, versionId);
  checkCopySourceConditions(request.headers, source);
  return source;
}

function parse(value: string): { bucket: string; key: string; versionId: string | undefined } {
  const [, path = "", versionId] = /^\/?(.*?)(?:\?versionId=(.+))?$/s.exec(value) ?? [];
  const [bucket = "", key = ""] = decode(path, value).split(/\/(.*)/s);
  if (bucket === "" || key === "") throw invalid(value);
  return { bucket, key, versionId };
}

function decode(path: string, value: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw invalid(value);
  }
}

function invalid(value: string) {
  return invalidArgument(
    "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
    "x-amz-copy-source",
    value,
  );
}
