import * as v from "valibot";
import { readJsonBody } from "../../../lib/http/json-body.ts";
import { type CopyDependencies, copiedResponse, copyVerified } from "../file-copy.ts";
import type { OperationHandler } from "../operation.ts";
import { uploadIdSchema } from "../upload-parameters.ts";

export const restoreBody = v.object({
  key: v.string(),
  version: v.pipe(v.string(), v.regex(/^[\w.-]{1,1024}$/)),
  uploadId: v.optional(uploadIdSchema),
});

/** `POST /api/restore`: makes an older version of a file the newest one, by a copy, also after the file was deleted. */
export const restoreFile =
  (dependencies: CopyDependencies): OperationHandler =>
  async (request, _principal, key) => {
    const { version, uploadId } = readJsonBody(request, restoreBody);
    const outcome = await copyVerified(dependencies, { from: key, version, to: key, overwrite: true, uploadId });
    return "unfinished" in outcome ? outcome.unfinished : copiedResponse(request, key);
  };
