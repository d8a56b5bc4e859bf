import type { IncomingHttpHeaders } from "node:http";
import { noSuchKey, notImplemented, preconditionFailed } from "./errors.ts";
import type { ObjectVersion } from "./object-version.ts";

/**
 * Checks the conditions of a write. https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 *
 * @throws AwsError `PreconditionFailed`, or `NoSuchKey` for `If-Match` on a missing key.
 */
export function checkWriteConditions(
  headers: IncomingHttpHeaders,
  key: string,
  current: ObjectVersion | undefined,
): void {
  const { "if-match": match, "if-none-match": noneMatch } = headers;
  if (noneMatch !== undefined) {
    if (noneMatch !== "*") throw notImplemented("If-None-Match with a value other than * on a write");
    if (current) throw preconditionFailed("If-None-Match");
  }
  if (match !== undefined) {
    if (!current) throw noSuchKey(key);
    if (!matches(match, current)) throw preconditionFailed("If-Match");
  }
}

/**
 * Checks the conditions of a read as in RFC 9110: an ETag condition takes precedence over a date condition.
 *
 * @returns `not-modified` when the client has the current version.
 * @throws AwsError `PreconditionFailed`.
 */
export function checkReadConditions(headers: IncomingHttpHeaders, version: ObjectVersion): "modified" | "not-modified" {
  const {
    "if-match": match,
    "if-none-match": noneMatch,
    "if-modified-since": modifiedSince,
    "if-unmodified-since": unmodifiedSince,
  } = headers;
  if (match !== undefined) {
    if (!matches(match, version)) throw preconditionFailed("If-Match");
  } else if (unmodifiedSince !== undefined && isModifiedSince(version, unmodifiedSince)) {
    throw preconditionFailed("If-Unmodified-Since");
  }
  if (noneMatch !== undefined) return matches(noneMatch, version) ? "not-modified" : "modified";
  return modifiedSince !== undefined && !isModifiedSince(version, modifiedSince) ? "not-modified" : "modified";
}

/**
 * Checks the conditions of a copy on its source, which have their own headers.
 *
 * @throws AwsError `PreconditionFailed`.
 */
export function checkCopySourceConditions(headers: IncomingHttpHeaders, source: ObjectVersion): void {
  const prefix = "x-amz-copy-source-";
  const conditions = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
  );
  if (checkReadConditions(Object.fromEntries(conditions), source) === "not-modified") {
    throw preconditionFailed("x-amz-copy-source-If-None-Match");
  }
}

function matches(condition: string, { etag }: ObjectVersion): boolean {
  return condition
    .split(",")
    .map((tag) => tag.trim().replace(/^W\//, "").replaceAll('"', ""))
    .some((tag) => tag === "*" || tag === etag);
}

/** HTTP dates have a resolution of one second. An invalid date is ignored. */
function isModifiedSince({ modified }: ObjectVersion, date: string): boolean {
  const since = Date.parse(date);
  return Number.isNaN(since) ? true : Math.floor(modified / 1000) * 1000 > since;
}
