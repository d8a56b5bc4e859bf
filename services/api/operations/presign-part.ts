import * as v from "valibot";
import { HttpError } from "../../../lib/http/http-error.ts";
import { readQuery } from "../../../lib/http/query.ts";
import { jsonResponse } from "../../../lib/http/response.ts";
import type { UploadStore } from "../../../lib/objects/upload-store.ts";
import { MAX_EXPIRY } from "../expiry.ts";
import type { OperationHandler } from "../operation.ts";
import { partNumber, requestedUpload } from "../upload-parameters.ts";

type Uploads = Pick<UploadStore, "presignPart">;

/** Each URL has 1 to 2 KB, and a response of a function at most 6 MB. */
const MAX_BATCH = 1_000;
const batchMessage = `1 to ${MAX_BATCH} part numbers, separated by commas`;

export const presignPartsQuery = v.object({
  partNumbers: v.pipe(
    v.string(batchMessage),
    v.transform((text) => text.split(",")),
    v.maxLength(MAX_BATCH, batchMessage),
    v.array(partNumber),
  ),
});

/**
 * `GET /s3/multipart/{uploadId}/{partNumber}`: a URL for uploading one part, which S3 checks: it rejects a part of an
 * upload that is not of this key.
 */
export const presignPart =
  (uploads: Uploads): OperationHandler =>
  async (request, _principal, key) => {
    const uploadId = requestedUpload(request);
    const number = v.safeParse(partNumber, request.pathParameters.partNumber);
    if (!number.success)
      throw new HttpError(400, "InvalidPartNumber", `The part number must be ${number.issues[0].message}.`);
    const url = await uploads.presignPart(key, uploadId, number.output, MAX_EXPIRY);
    return jsonResponse(200, { url, expires: MAX_EXPIRY }, { "cache-control": "no-store" });
  };

/** `GET /s3/multipart/{uploadId}/batch`: URLs for uploading several parts, by part number. */
export const presignParts =
  (uploads: Uploads): OperationHandler =>
  async (request, _principal, key) => {
    const uploadId = requestedUpload(request);
    const { partNumbers } = readQuery(request, presignPartsQuery);
    const urls = await Promise.all(
      partNumbers.map(
        async (number) => [number, await uploads.presignPart(key, uploadId, number, MAX_EXPIRY)] as const,
      ),
    );
    return jsonResponse(200, { presignedUrls: Object.fromEntries(urls) }, { "cache-control": "no-store" });
  };
