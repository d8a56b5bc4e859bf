import { emptyResponse } from "../../../lib/http/response.ts";
import type { ObjectStore } from "../../../lib/objects/object-store.ts";
import { type OperationHandler, requestedKey } from "../operation.ts";

/**
 * `DELETE /api/files/{key+}`: deletes by the whole key only, and succeeds when there is no such file. The record is
 * removed when the event of S3 is handled.
 */
export const deleteFile =
  (objects: Pick<ObjectStore, "delete">): OperationHandler =>
  async (request) => {
    await objects.delete(requestedKey(request));
    return emptyResponse(204);
  };
