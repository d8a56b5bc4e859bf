import { AwsError } from "../../../runtime/error.ts";
import { checkReadConditions } from "../conditions.ts";
import { invalidRequest } from "../errors.ts";
import type { ObjectVersion } from "../model.ts";
import { objectArn } from "../names.ts";
import { checksumHeaders, objectHeaders, versionHeaders } from "../object-headers.ts";
import type { Operation } from "../operation.ts";
import { numberParameter, replacedHeaders } from "../parameters.ts";
import { findAuthorized } from "../readable.ts";
import { header, type S3Request } from "../request.ts";

const MAX_PART_NUMBER = 10_000;

interface Span {
  readonly start: number;
  /** Included; below `start` for no bytes. */
  readonly end: number;
  readonly partial: boolean;
}

export const getObject: Operation = ({ store, objects, blobs }, request) => {
  const { bucket, key, query, headers, call } = request;
  const versionId = query.get("versionId") ?? undefined;
  call.authorize(versionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion", objectArn(bucket, key));
  const version = findAuthorized({ store, objects }, request, versionId);
  const common = { ...objectHeaders(version), ...versionHeaders(store.bucket(bucket), version.versionId) };
  if (checkReadConditions(headers, version) === "not-modified") return { status: 304, headers: common };
  const span = spanOf(request, version);
  const wantsChecksum = header(request, "x-amz-checksum-mode")?.toUpperCase() === "ENABLED" && !span.partial;
  return {
    status: span.partial ? 206 : 200,
    headers: {
      ...common,
      ...(wantsChecksum ? checksumHeaders(version) : {}),
      ...(span.partial ? { "content-range": `bytes ${span.start}-${span.end}/${version.size}` } : {}),
      ...(query.has("partNumber") && version.blobs.length > 1 ? { "x-amz-mp-parts-count": version.blobs.length } : {}),
      ...replacedHeaders(request),
      "content-length": span.end - span.start + 1,
    },
    body: request.method === "HEAD" ? undefined : blobs.read(version.blobs, span.start, span.end),
  };
};

/** Which bytes the request asks for: all, those of a part, or those of a range. */
function spanOf(request: S3Request, version: ObjectVersion): Span {
  const partNumber = numberParameter(request.query, "partNumber", { minimum: 1, maximum: MAX_PART_NUMBER });
  const range = header(request, "range");
  if (partNumber !== undefined) {
    if (range !== undefined) throw invalidRequest("Cannot specify both Range header and partNumber query parameter");
    return partSpan(version, partNumber);
  }
  return (range === undefined ? undefined : rangeSpan(range, version)) ?? whole(version);
}

function whole({ size }: ObjectVersion): Span {
  return { start: 0, end: size - 1, partial: false };
}

function partSpan(version: ObjectVersion, partNumber: number): Span {
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

/** A single range as RFC 9110 has it; S3 sends the whole object for anything else, as for several ranges. */
function rangeSpan(range: string, { size }: ObjectVersion): Span | undefined {
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
