import * as v from "valibot";
import { readJsonBody } from "../../../lib/http/json-body.ts";
import { jsonResponse } from "../../../lib/http/response.ts";
import type { UploadStore } from "../../../lib/objects/upload-store.ts";
import type { OperationHandler } from "../operation.ts";
import { uploadMetadata, uploadType } from "../upload-parameters.ts";

/** The access rule has already read the key from `filename` and `metadata`. */
export const startUploadBody = v.object({
  filename: v.optional(v.string()),
  type: v.nullish(v.string()),
  metadata: v.nullish(v.record(v.string(), v.nullable(v.union([v.string(), v.number(), v.boolean()])))),
});

/** `POST /s3/multipart`: starts an upload in parts, of up to 5 TiB. */
export const startUpload =
  (uploads: Pick<UploadStore, "create">): OperationHandler =>
  async (request, _principal, key) => {
    const { type, metadata } = readJsonBody(request, startUploadBody);
    const uploadId = await uploads.create(key, uploadType(type ?? ""), uploadMetadata(metadata ?? {}));
    return jsonResponse(200, { key, uploadId }, { "cache-control": "no-store" });
  };
