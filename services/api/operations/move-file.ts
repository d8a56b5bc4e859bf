import { readJsonBody } from "../../../lib/http/json-body.ts";
import { PreconditionFailedError } from "../../../lib/objects/object-store.ts";
import { fileChanged } from "../errors.ts";
import { type CopyDependencies, copiedResponse, copyBody, copyVerified } from "../file-copy.ts";
import type { OperationHandler } from "../operation.ts";

/**
 * `POST /api/move`: copies a file, verifies the copy, and deletes the very state of the file that was copied. Cut off
 * anywhere, the file has at least one of the keys.
 */
export const moveFile =
  (dependencies: CopyDependencies): OperationHandler =>
  async (request, _principal, from, to) => {
    const { overwrite, uploadId } = readJsonBody(request, copyBody);
    const outcome = await copyVerified(dependencies, { from, to, overwrite, uploadId });
    if ("unfinished" in outcome) return outcome.unfinished;
    try {
      await dependencies.objects.delete(from, { ifMatch: outcome.source.etag });
    } catch (error) {
      throw error instanceof PreconditionFailedError ? fileChanged() : error;
    }
    return copiedResponse(request, to);
  };
