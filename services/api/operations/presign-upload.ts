import { jsonResponse } from "../../../lib/http/response.ts";
import type { ObjectStore } from "../../../lib/objects/object-store.ts";
import { type OperationHandler, requestedExpiry, requestedKey } from "../operation.ts";

/**
 * `GET /api/upload_presigned/{key+}`: a URL for uploading a file of up to 5 GB without a password, for example with
 * `curl -T`.
 */
export const presignUpload =
  (objects: Pick<ObjectStore, "presignPut">): OperationHandler =>
  async (request) => {
    const key = requestedKey(request);
    const expiry = requestedExpiry(request);
    const { url } = await objects.presignPut(key, expiry);
    return jsonResponse(200, { url, method: "PUT", expires_in: expiry }, { "cache-control": "no-store" });
  };
