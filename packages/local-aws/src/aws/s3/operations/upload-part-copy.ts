import { copySource } from "../copy-source.ts";
import { invalidArgument, invalidRequest } from "../errors.ts";
import { objectArn } from "../names.ts";
import { encryptionHeaders } from "../object-headers.ts";
import type { ObjectVersion } from "../object-version.ts";
import { header, type S3Request } from "../request.ts";
import { storePart, uploadId } from "../store-part.ts";
import { unsignedBody } from "../verified-body.ts";
import { renderXml } from "../xml.ts";
import type { Operation } from "./context.ts";

export const uploadPartCopy: Operation = async (context, request) => {
  const { bucket, key, query, call } = request;
  call.authorize("s3:PutObject", objectArn(bucket, key));
  const upload = context.store.upload(uploadId(query), bucket, key);
  const source = copySource(context, request);
  const { start, end } = sourceRange(request, source);
  const part = await storePart(context, request, unsignedBody(context.blobs.read(source.blobs, start, end)));
  return {
    headers: encryptionHeaders(upload),
    body: renderXml("CopyPartResult", {
      ETag: `"${part.etag}"`,
      LastModified: new Date(part.modified).toISOString(),
    }),
  };
};

/** Both ends are inclusive. */
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
