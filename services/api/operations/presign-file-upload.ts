import { jsonResponse } from "../../../lib/http/response.ts";
import type { ObjectStore } from "../../../lib/objects/object-store.ts";
import { MAX_EXPIRY } from "../expiry.ts";
import type { OperationHandler } from "../operation.ts";
import { uploadMetadata, uploadType } from "../upload-parameters.ts";

/**
 * `GET /s3/params`: what Uppy needs for uploading a file of up to 5 GB in one request. The headers are signed: S3
 * rejects a request without them.
 */
export const presignFileUpload =
  (objects: Pick<ObjectStore, "presignPut">): OperationHandler =>
  async ({ query }, _principal, key) => {
    const metadata = Object.fromEntries(
      [...query].flatMap(([name, value]) => {
        const [, member] = /^metadata\[(.+)\]$/.exec(name) ?? [];
        return member === undefined ? [] : [[member, value] as const];
      }),
    );
    const { url, headers } = await objects.presignPut(key, MAX_EXPIRY, {
      contentType: uploadType(query.get("type") ?? ""),
      metadata: uploadMetadata(metadata),
    });
    const body = { method: "PUT", url, fields: { key }, headers, expires: MAX_EXPIRY };
    return jsonResponse(200, body, { "cache-control": "no-store" });
  };
