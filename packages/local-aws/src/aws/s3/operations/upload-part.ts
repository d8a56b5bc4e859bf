import { copySource } from "../copy-source.ts";
import { invalidArgument, invalidRequest } from "../errors.ts";
import { Intake } from "../intake.ts";
import type { ObjectVersion, Part } from "../model.ts";
import { MAX_PART_NUMBER } from "../multipart.ts";
import { objectArn } from "../names.ts";
import { checksumHeaders, encryptionHeaders } from "../object-headers.ts";
import type { Operation, S3Parts } from "../operation.ts";
import { numberParameter } from "../parameters.ts";
import { header, type S3Request } from "../request.ts";
import { renderXml } from "../xml.ts";
import { MAX_PUT_BYTES } from "./put-object.ts";

export const uploadPart: Operation = async (parts, request) => {
  const { bucket, key, call } = request;
  call.authorize("s3:PutObject", objectArn(bucket, key));
  const upload = parts.store.upload(uploadId(request), bucket, key);
  const body = request.body(MAX_PUT_BYTES).requireLength();
  const part = await receivePart(parts, request, body);
  return { headers: { etag: `"${part.etag}"`, ...checksumHeaders(part), ...encryptionHeaders(upload) } };
};

export const uploadPartCopy: Operation = async (parts, request) => {
  const { bucket, key, call } = request;
  call.authorize("s3:PutObject", objectArn(bucket, key));
  const upload = parts.store.upload(uploadId(request), bucket, key);
  const source = copySource(parts, request);
  const { start, end } = sourceRange(request, source);
  const bytes = parts.blobs.read(source.blobs, start, end);
  const part = await receivePart(parts, request, new Intake(bytes, {}, "UNSIGNED-PAYLOAD", undefined, MAX_PUT_BYTES));
  return {
    headers: encryptionHeaders(upload),
    body: renderXml("CopyPartResult", {
      ETag: `"${part.etag}"`,
      LastModified: new Date(part.modified).toISOString(),
    }),
  };
};

async function receivePart(
  { store, blobs, clock }: Pick<S3Parts, "store" | "blobs" | "clock">,
  request: S3Request,
  content: Intake,
): Promise<Part> {
  const number = partNumber(request);
  const blob = await blobs.write(content);
  try {
    const { md5, checksum } = content.received;
    const part = { uploadId: uploadId(request), number, etag: md5, blob, modified: clock.now(), checksum };
    const replaced = store.putPart(part);
    if (replaced) await blobs.remove([replaced.blob]);
    return part;
  } catch (error) {
    await blobs.remove([blob]);
    throw error;
  }
}

function uploadId({ query }: S3Request): string {
  return query.get("uploadId") ?? "";
}

function partNumber({ query }: S3Request): number {
  const number = numberParameter(query, "partNumber", { minimum: 1, maximum: MAX_PART_NUMBER });
  if (number === undefined) throw invalidArgument("This operation requires a partNumber");
  return number;
}

function sourceRange(request: S3Request, { size }: ObjectVersion): { start: number; end: number } {
  const range = header(request, "x-amz-copy-source-range");
  if (range === undefined) return { start: 0, end: size - 1 };
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  const [start, end] = [Number(first), Number(last)];
  if (first === undefined || start > end) {
    throw invalidArgument(
      "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy",
      "x-amz-copy-source-range",
      range,
    );
  }
  if (end >= size) throw invalidRequest("The specified copy range is invalid for the source object size.");
  return { start, end };
}
