import { readJsonBody } from "../../../lib/http/json-body.ts";
import { type CopyDependencies, copiedResponse, copyBody, copyVerified } from "../file-copy.ts";
import type { OperationHandler } from "../operation.ts";

/** `POST /api/copy`: copies a file with its type and metadata. A large one can need several requests, see 202. */
export const copyFile =
  (dependencies: CopyDependencies): OperationHandler =>
  async (request, _principal, from, to) => {
    const { overwrite, uploadId } = readJsonBody(request, copyBody);
    const outcome = await copyVerified(dependencies, { from, to, overwrite, uploadId });
    return "unfinished" in outcome ? outcome.unfinished : copiedResponse(request, to);
  };
