import * as v from "valibot";
import type { AuditLog } from "../../../lib/audit/audit-log.ts";
import { type HttpError, toHttpError } from "../../../lib/http/http-error.ts";
import { readJsonBody } from "../../../lib/http/json-body.ts";
import { jsonResponse } from "../../../lib/http/response.ts";
import { parseObjectKey } from "../../../lib/keys/object-key.ts";
import type { ObjectStore } from "../../../lib/objects/object-store.ts";
import { requireRole } from "../../../lib/users/access.ts";
import { recordRequest } from "../audit-request.ts";
import { translateError } from "../errors.ts";
import type { OperationHandler } from "../operation.ts";

/** The limit of S3 for one request. */
const MAX_KEYS = 1_000;

export const deleteFilesBody = v.object({
  keys: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(MAX_KEYS)),
});

/**
 * `POST /api/delete`: deletes up to 1,000 files by their whole keys. Each has a result of its own, with the status and
 * the code that `DELETE /api/files/{key+}` has, and an entry in the audit log.
 */
export const deleteFiles =
  (objects: Pick<ObjectStore, "deleteAll">, audit: AuditLog): OperationHandler =>
  async (request, principal) => {
    const { keys } = readJsonBody(request, deleteFilesBody);
    const errors = new Map<string, HttpError>();
    const fail = (key: string, error: unknown): void => void errors.set(key, toHttpError(error, translateError));
    for (const key of keys) {
      try {
        requireRole(principal, "writer", key);
        parseObjectKey(key);
      } catch (error) {
        fail(key, error);
      }
    }
    const allowed = [...new Set(keys)].filter((key) => !errors.has(key));
    if (allowed.length > 0) {
      try {
        for (const [key, error] of await objects.deleteAll(allowed)) fail(key, error);
      } catch (error) {
        for (const key of allowed) fail(key, error);
      }
    }
    for (const key of new Set(keys)) await recordRequest(audit, "delete-file", request, key, errors.get(key));
    const results = keys.map((key) => {
      const error = errors.get(key);
      return error ? { key, status: error.status, code: error.code } : { key, status: 204 };
    });
    return jsonResponse(200, { results }, { "cache-control": "no-store" });
  };
