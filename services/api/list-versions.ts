import * as v from "valibot";
import { readQuery } from "../../lib/http/query.ts";
import type { HttpRequest } from "../../lib/http/request.ts";
import { type HttpResponse, jsonResponse } from "../../lib/http/response.ts";
import type { ObjectStore } from "../../lib/objects/object-store.ts";
import { requireRole } from "../../lib/users/access.ts";
import type { Principal } from "../../lib/users/principal.ts";
import { fileNotFound } from "./errors.ts";
import { limitUpTo, MAX_LIMIT } from "./query-parameters.ts";

const DEFAULT_LIMIT = 100;

export const versionsQuery = v.object({
  // The maximum is also that of S3 for one request.
  limit: limitUpTo(MAX_LIMIT, DEFAULT_LIMIT),
  cursor: v.optional(v.pipe(v.string(), v.regex(/^[\w.-]{1,1024}$/, "a cursor from a Link header"))),
});

/**
 * `GET /api/files/{key+}?versions`: the versions and deletions of the file with this whole key, newest first, with the
 * next page in a `Link` header (RFC 8288).
 */
export async function listVersions(
  objects: Pick<ObjectStore, "listVersions">,
  request: HttpRequest,
  principal: Principal,
  key: string,
): Promise<HttpResponse> {
  // The access rule also allows basenames.
  requireRole(principal, "reader", key);
  const { limit, cursor } = readQuery(request, versionsQuery);
  const { versions, next } = await objects.listVersions(key, limit, cursor);
  if (versions.length === 0 && cursor === undefined) throw fileNotFound();
  const body = versions.map(({ id, lastModified, isLatest, content }) => ({
    version: id,
    date: lastModified.toISOString(),
    size: content?.size ?? 0,
    etag: content?.etag.replaceAll('"', "") ?? null,
    latest: isLatest,
    deleted: content === undefined,
  }));
  const page = new URLSearchParams({ versions: "", limit: String(limit), cursor: next ?? "" });
  const link = next === undefined ? {} : { link: `<${request.path}?${page}>; rel="next"` };
  return jsonResponse(200, body, { "cache-control": "private, no-cache", ...link });
}
