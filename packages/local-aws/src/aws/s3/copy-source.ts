import { checkCopySourceConditions } from "./conditions.ts";
import { invalidArgument } from "./errors.ts";
import type { ObjectVersion } from "./model.ts";
import { objectArn } from "./names.ts";
import type { S3Parts } from "./operation.ts";
import { findAuthorized } from "./readable.ts";
import { header, type S3Request } from "./request.ts";

/** The object that `x-amz-copy-source` names (`bucket/key?versionId=…`, URL-encoded), which the caller must be allowed to read. */
export function copySource(parts: Pick<S3Parts, "store" | "objects">, request: S3Request): ObjectVersion {
  const value = header(request, "x-amz-copy-source") ?? "";
  const { bucket, key, versionId } = parse(value);
  const action = versionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion";
  request.call.authorize(action, objectArn(bucket, key));
  const source = findAuthorized(parts, { ...request, bucket, key }, versionId);
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
