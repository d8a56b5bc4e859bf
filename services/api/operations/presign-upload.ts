import * as v from "valibot";
import { readQuery } from "../../../lib/http/query.ts";
import { jsonResponse } from "../../../lib/http/response.ts";
import type { ObjectStore } from "../../../lib/objects/object-store.ts";
import { expiryQuery } from "../expiry.ts";
import { mediaType } from "../media-type.ts";
import type { OperationHandler } from "../operation.ts";
import { wholeNumber } from "../query-parameters.ts";

/** The limit of S3 for a file that is uploaded in one request, in bytes. */
const MAX_BYTES = 5 * 1024 ** 3;
const sha256Message = "a SHA-256 in base64 or hexadecimal";

export const presignUploadQuery = v.object({
  ...expiryQuery.entries,
  size: v.optional(wholeNumber(0, MAX_BYTES, " of bytes")),
  type: v.optional(v.pipe(v.string(), v.regex(mediaType, "a media type"))),
  sha256: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^([0-9A-Fa-f]{64}|[A-Za-z0-9+/]{43}=)$/, sha256Message),
      v.transform((text) => (text.length === 64 ? Buffer.from(text, "hex").toString("base64") : text)),
    ),
  ),
});

/**
 * `GET /api/upload_presigned/{key+}`: a URL for uploading a file of up to 5 GB without a password, for example with
 * `curl -T`. With `size`, `type` or `sha256`, S3 rejects every other body: they are signed, and the request must have
 * the headers of the response.
 */
export const presignUpload =
  (objects: Pick<ObjectStore, "presignPut">): OperationHandler =>
  async (request, _principal, key) => {
    const { expires, type: contentType, ...content } = readQuery(request, presignUploadQuery);
    const { url, headers } = await objects.presignPut(key, expires, { contentType, ...content });
    return jsonResponse(200, { url, method: "PUT", headers, expires_in: expires }, { "cache-control": "no-store" });
  };
