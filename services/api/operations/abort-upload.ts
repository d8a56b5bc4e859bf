import { jsonResponse } from "../../../lib/http/response.ts";
import type { UploadStore } from "../../../lib/objects/upload-store.ts";
import type { OperationHandler } from "../operation.ts";
import { requestedUpload } from "../upload-parameters.ts";

/** `DELETE /s3/multipart/{uploadId}`: ends an upload and deletes its parts. The body is for Uppy, which reads JSON. */
export const abortUpload =
  (uploads: Pick<UploadStore, "abort">): OperationHandler =>
  async (request, _principal, key) => {
    await uploads.abort(key, requestedUpload(request));
    return jsonResponse(200, {});
  };
