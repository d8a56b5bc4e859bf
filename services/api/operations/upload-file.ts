import { HttpError } from "../../../lib/http/http-error.ts";
import type { HttpRequest } from "../../../lib/http/request.ts";
import { jsonResponse } from "../../../lib/http/response.ts";
import { encodeKey } from "../../../lib/keys/object-key.ts";
import type { ObjectStore } from "../../../lib/objects/object-store.ts";
import { checkBodyDigests } from "../body-digests.ts";
import { DEFAULT_TYPE, mediaType } from "../media-type.ts";
import { requestedMetadata } from "../metadata-headers.ts";
import type { OperationHandler } from "../operation.ts";
import { writeConditions } from "../preconditions.ts";

/**
 * Maximum size of a file in one request. The event with its body in base64 must fit Lambda's limit of 6 MB, of which 64
 * KiB are reserved for headers and path. Above 6 MB, API Gateway responds with 413 without invoking the function.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const MAX_UPLOAD_BYTES = ((6 * 1024 * 1024 - 64 * 1024) / 4) * 3;

/**
 * `PUT /api/upload/{key+}`: stores the body with its type and the headers `x-meta-*`, after it has been compared with
 * the digests in the headers. The record appears when the event of S3 has been handled.
 */
export const uploadFile =
  (objects: Pick<ObjectStore, "head" | "put">): OperationHandler =>
  async (request, _principal, key) => {
    const contentType = request.headers["content-type"] ?? DEFAULT_TYPE;
    if (!mediaType.test(contentType)) {
      throw new HttpError(400, "InvalidContentType", "The Content-Type is not a media type.");
    }
    checkRepresentation(request);
    if (request.body.byteLength > MAX_UPLOAD_BYTES) throw tooLarge(key);
    const metadata = requestedMetadata(request);
    checkBodyDigests(request);
    const conditions = await writeConditions(request.headers, key, objects);
    await objects.put(key, request.body, contentType, { ...conditions, metadata });
    return jsonResponse(200, "File uploaded");
  };

/**
 * A file is stored as a whole and without a content coding. A part, or coded bytes whose coding the download would not
 * state, must not take its place (RFC 9110, sections 14.5 and 8.4).
 */
function checkRepresentation({ headers }: HttpRequest): void {
  if (headers["content-range"] !== undefined) {
    throw new HttpError(400, "PartialUpload", "A file is uploaded as a whole, without Content-Range.");
  }
  const coding = headers["content-encoding"]?.trim().toLowerCase() ?? "";
  if (coding === "" || coding === "identity") return;
  throw new HttpError(415, "UnsupportedContentEncoding", "A file is uploaded without a Content-Encoding.", {
    headers: { "accept-encoding": "identity" },
  });
}

function tooLarge(key: string): HttpError {
  const route = `/api/upload_presigned/${encodeKey(key)}`;
  const detail = `A request uploads at most ${MAX_UPLOAD_BYTES} bytes. GET ${route} returns a URL for uploading a larger file by PUT.`;
  return new HttpError(413, "FileTooLarge", detail, {
    extensions: { max_bytes: MAX_UPLOAD_BYTES, upload_presigned: route },
  });
}
