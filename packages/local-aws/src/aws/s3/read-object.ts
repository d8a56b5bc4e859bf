import { AwsError } from "../../runtime/error.ts";
import { authorizedVersion } from "./authorized-version.ts";
import { checkReadConditions } from "./conditions.ts";
import { invalidRequest } from "./errors.ts";
import { MAX_PART_NUMBER } from "./multipart.ts";
import { objectArn } from "./names.ts";
import { checksumHeaders, objectHeaders, versionHeaders } from "./object-headers.ts";
import type { ObjectVersion } from "./object-version.ts";
import type { S3Context } from "./operations/context.ts";
import { numberParameter, overriddenHeaders } from "./parameters.ts";
import { header, type S3Request, type S3Response } from "./request.ts";

interface ByteRange {
  readonly start: number;
  /** Inclusive; below `start` for no bytes. */
  readonly end: number;
  readonly partial: boolean;
}

/**
 * The response to GetObject and HeadObject without its body, and a stream of the bytes that the request selects
 * (undefined when the condition of the request is not met: the client has the current version).
 */
export function readObject(
  { store, objects, blobs }: Pick<S3Context, "store" | "objects" | "blobs">,
  request: S3Request,
): { readonly response: S3Response; readonly content?: () => AsyncIterable<Buffer> } {
  const { bucket, key, query, headers, call } = request;
  const versionId = query.get("versionId") ?? undefined;
  call.authorize(versionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion", objectArn(bucket, key));
  const version = authorizedVersion({ store, objects }, request, versionId);
  const common = { ...objectHeaders(version), ...versionHeaders(store.bucket(bucket), version.versionId) };
  if (checkReadConditions(headers, version) === "not-modified") return { response: { status: 304, headers: common } };
  const { start, end, partial } = selectedRange(request, version);
  const withChecksum = header(request, "x-amz-checksum-mode")?.toUpperCase() === "ENABLED" && !partial;
  const response = {
    status: partial ? 206 : 200,
    headers: {
      ...common,
      ...(withChecksum ? checksumHeaders(version) : {}),
      ...(partial ? { "content-range": `bytes ${start}-${end}/${version.size}` } : {}),
      ...(query.has("partNumber") && version.blobs.length > 1 ? { "x-amz-mp-parts-count": version.blobs.length } : {}),
      ...overriddenHeaders(request),
      "content-length": end - start + 1,
    },
  };
  return { response, content: () => blobs.read(version.blobs, start, end) };
}

/** The bytes that the request selects: all, those of a part, or those of a range. */
function selectedRange(request: S3Request, version: ObjectVersion): ByteRange {
  const partNumber = numberParameter(request.query, "partNumber", { minimum: 1, maximum: MAX_PART_NUMBER });
  const range = header(request, "range");
  if (partNumber !== undefined) {
    if (range !== undefined) throw invalidRequest("Cannot specify both Range header and partNumber query parameter");
    return partRange(version, partNumber);
  }
  return (range === undefined ? undefined : parseRange(range, version)) ?? fullRange(version);
}

function fullRange({ size }: ObjectVersion): ByteRange {
  return { start: 0, end: size - 1, partial: false };
}

function partRange(version: ObjectVersion, partNumber: number): ByteRange {
  const part = version.blobs[partNumber - 1];
  if (!part) {
    throw new AwsError("InvalidPartNumber", "The requested partnumber is not satisfiable", 416, {
      PartNumberRequested: String(partNumber),
      ActualPartCount: String(version.blobs.length),
    });
  }
  const start = version.blobs.slice(0, partNumber - 1).reduce((sum, { size }) => sum + size, 0);
  return { start, end: start + part.size - 1, partial: part.size > 0 };
}

/**
 * A single range as in RFC 9110. Undefined for anything else, such as several ranges: S3 then sends the whole object.
 */
function parseRange(range: string, { size }: ObjectVersion): ByteRange | undefined {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  if (first === "" && last === "") return undefined;
  if (first !== "" && last !== "" && Number(last) < Number(first)) return undefined;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (start > end) {
    throw new AwsError("InvalidRange", "The requested range is not satisfiable", 416, {
      RangeRequested: range,
      ActualObjectSize: String(size),
    });
  }
  return { start, end, partial: true };
}
