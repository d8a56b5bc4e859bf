import { invalidArgument } from "./errors.ts";
import { MAX_PART_NUMBER } from "./multipart.ts";
import type { Part } from "./multipart-upload.ts";
import type { S3Context } from "./operations/context.ts";
import { numberParameter } from "./parameters.ts";
import type { S3Request } from "./request.ts";
import type { VerifiedBody } from "./verified-body.ts";

/** Writes the content of a part of the upload that the request names. It replaces a part of the same number. */
export async function storePart(
  { store, blobs, clock }: Pick<S3Context, "store" | "blobs" | "clock">,
  { query }: S3Request,
  content: VerifiedBody,
): Promise<Part> {
  const number = partNumber(query);
  const blob = await blobs.write(content);
  try {
    const { md5, checksum } = content.digests;
    const part = { uploadId: uploadId(query), number, etag: md5, blob, modified: clock.now(), checksum };
    const replaced = store.putPart(part);
    if (replaced) await blobs.remove([replaced.blob]);
    return part;
  } catch (error) {
    await blobs.remove([blob]);
    throw error;
  }
}

export function uploadId(query: URLSearchParams): string {
  return query.get("uploadId") ?? "";
}

function partNumber(query: URLSearchParams): number {
  const number = numberParameter(query, "partNumber", { minimum: 1, maximum: MAX_PART_NUMBER });
  if (number === undefined) throw invalidArgument("This operation requires a partNumber");
  return number;
}
