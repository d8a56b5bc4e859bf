import { emptyResponse } from "../../../lib/http/response.ts";
import type { ObjectStore } from "../../../lib/objects/object-store.ts";
import { type OperationHandler, requestedKey } from "../operation.ts";

/**
 * `DELETE /api/files/{key+}`: deletes by the whole key only, and agrees when the file is not there. The record goes when S3's event
 * was handled.
 */
export const deleteFile =
  (objects: Pick<ObjectStore, "delete">): OperationHandler =>
  async (request) => {
    await objects.delete(requestedKey(request));
    return emptyResponse(204);
  };
