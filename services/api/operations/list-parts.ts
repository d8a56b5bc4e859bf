import { jsonResponse } from "../../../lib/http/response.ts";
import type { UploadStore } from "../../../lib/objects/upload-store.ts";
import type { OperationHandler } from "../operation.ts";
import { requestedUpload } from "../upload-parameters.ts";

/** `GET /s3/multipart/{uploadId}`: the parts that have been uploaded, from which a client continues. */
export const listParts =
  (uploads: Pick<UploadStore, "listParts">): OperationHandler =>
  async (request, _principal, key) => {
    const parts = await uploads.listParts(key, requestedUpload(request));
    const body = parts.map(({ number, etag, size, lastModified }) => ({
      PartNumber: number,
      ETag: etag,
      Size: size,
      LastModified: lastModified,
    }));
    return jsonResponse(200, body, { "cache-control": "no-store" });
  };
