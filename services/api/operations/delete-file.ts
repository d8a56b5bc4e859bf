import { emptyResponse } from "../../../lib/http/response.ts";
import type { ObjectStore } from "../../../lib/objects/object-store.ts";
import { type OperationHandler, requestedKey } from "../operation.ts";
import { writeConditions } from "../preconditions.ts";

/**
 * `DELETE /api/files/{key+}`: deletes by the whole key only, and succeeds when there is no such file, unless `If-Match`
 * requires it. The record is removed when the event of S3 is handled.
 */
export const deleteFile =
  (objects: Pick<ObjectStore, "delete" | "head">): OperationHandler =>
  async (request) => {
    const key = requestedKey(request);
    const { "if-match": ifMatch } = request.headers;
    await objects.delete(key, await writeConditions({ "if-match": ifMatch }, key, objects));
    return emptyResponse(204);
  };
