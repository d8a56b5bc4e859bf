import { emptyResponse } from "../../../lib/http/response.ts";
import type { ObjectStore } from "../../../lib/objects/object-store.ts";
import { preconditionFailed } from "../errors.ts";
import type { OperationHandler } from "../operation.ts";
import { writeConditions } from "../preconditions.ts";

/**
 * `DELETE /api/files/{key+}`: deletes by the whole key only, and succeeds when there is no such file, unless `If-Match`
 * requires it. The record is removed when the event of S3 is handled.
 */
export const deleteFile =
  (objects: Pick<ObjectStore, "delete" | "head">): OperationHandler =>
  async (request, _principal, key) => {
    const { ifMatch, ifNoneMatch } = await writeConditions(request.headers, key, objects);
    if (ifNoneMatch === undefined) await objects.delete(key, { ifMatch });
    else if (await objects.head(key)) throw preconditionFailed();
    return emptyResponse(204);
  };
