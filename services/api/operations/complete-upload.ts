import { createHash } from "node:crypto";
import * as v from "valibot";
import { HttpError } from "../../../lib/http/http-error.ts";
import { readJsonBody } from "../../../lib/http/json-body.ts";
import { jsonResponse } from "../../../lib/http/response.ts";
import type { ObjectStore } from "../../../lib/objects/object-store.ts";
import {
  InvalidPartsError,
  MAX_PARTS,
  type PartReference,
  UploadNotFoundError,
  type UploadStore,
} from "../../../lib/objects/upload-store.ts";
import { fileUrl } from "../file-url.ts";
import type { OperationHandler } from "../operation.ts";
import { writeConditions } from "../preconditions.ts";
import { requestedUpload } from "../upload-parameters.ts";

const part = v.object({
  PartNumber: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_PARTS)),
  ETag: v.pipe(v.string(), v.regex(/^"?[\w-]{1,64}"?$/)),
});
export const completeUploadBody = v.object({ parts: v.pipe(v.array(part), v.minLength(1), v.maxLength(MAX_PARTS)) });

/**
 * `POST /s3/multipart/{uploadId}/complete`: makes a file of all parts. It can be repeated, as after a lost response:
 * the response is the same while the file is the one that the upload made.
 */
export const completeUpload =
  (uploads: Pick<UploadStore, "complete">, objects: Pick<ObjectStore, "head">): OperationHandler =>
  async (request, _principal, key) => {
    const uploadId = requestedUpload(request);
    const { parts: listed } = readJsonBody(request, completeUploadBody);
    const parts = listed.map(({ PartNumber, ETag }) => ({ number: PartNumber, etag: ETag }));
    checkNumbers(parts);
    const conditions = await writeConditions(request.headers, key, objects);
    try {
      await uploads.complete(key, uploadId, parts, conditions);
    } catch (error) {
      // S3 accepts a repeated request only as long as it remembers the upload.
      const isCompleted = error instanceof UploadNotFoundError && (await objects.head(key))?.etag === etagOf(parts);
      if (!isCompleted) throw error;
    }
    return jsonResponse(200, { location: fileUrl(request.baseUrl, key), key });
  };

/**
 * Parts are numbered from 1 without gaps. S3 would accept gaps, and so make a file without a part that a client has
 * lost.
 */
function checkNumbers(parts: readonly PartReference[]): void {
  if (parts.some(({ number }, index) => number <= (parts[index - 1]?.number ?? 0))) {
    throw new InvalidPartsError("InvalidPartOrder");
  }
  const gap = parts.findIndex(({ number }, index) => number !== index + 1);
  if (gap < 0) return;
  throw new HttpError(400, "MissingPart", `The part ${gap + 1} is missing: parts are numbered from 1 without gaps.`, {
    extensions: { part: gap + 1 },
  });
}

/** The ETag of an object that was uploaded in parts: the MD5 of their MD5s, and their number. */
function etagOf(parts: readonly PartReference[]): string {
  const hash = createHash("md5");
  for (const { etag } of parts) hash.update(Buffer.from(etag.replaceAll('"', ""), "hex"));
  return `"${hash.digest("hex")}-${parts.length}"`;
}
