import { binaryResponse, emptyResponse, fitsBinaryResponse, type HttpResponse } from "../../../lib/http/response.ts";
import { type ObjectStore, type OpenObject, RangeNotSatisfiableError } from "../../../lib/objects/object-store.ts";
import { requireRole } from "../../../lib/users/access.ts";
import type { Principal } from "../../../lib/users/principal.ts";
import { dispositionOf, downloadHeaders, revalidationHeaders } from "../download-headers.ts";
import { fileChanged, fileNotFound, preconditionFailed, versionNotFound } from "../errors.ts";
import { DEFAULT_EXPIRY } from "../expiry.ts";
import type { FileCatalog } from "../file-catalog.ts";
import { listVersions } from "../list-versions.ts";
import { type LocatedFile, locateFile } from "../locate-file.ts";
import type { OperationHandler } from "../operation.ts";
import { evaluatePreconditions, hasPreconditions, requestedRange } from "../preconditions.ts";

type Bucket = Pick<ObjectStore, "head" | "listVersions" | "open" | "presignGet">;

/**
 * `GET` and `HEAD /{key+}` and `/api/files/{key+}`: the stored bytes, or a redirect to S3 when they do not fit the
 * response of a function. With `download`, a browser stores the file in place of displaying it. With `version`, an
 * older version of the file with this whole key is served, and with `versions` their list.
 */
export const downloadFile =
  (objects: Bucket, catalog: Pick<FileCatalog, "findByName">): OperationHandler =>
  async (request, principal, name) => {
    const { query, headers: sent } = request;
    if (query.has("versions")) return listVersions(objects, request, principal, name);
    const version = query.get("version") ?? undefined;
    const isDownload = query.has("download");
    const locate = <T>(load: (key: string) => Promise<T | undefined>): Promise<LocatedFile<T>> =>
      version === undefined
        ? locateFile(name, principal.grants, catalog, load)
        : locateVersion(name, principal, () => load(name));
    if (request.method !== "HEAD" && !hasPreconditions(sent)) {
      const { key, value } = await locate((candidate) => openRange(objects, candidate, requestedRange(sent), version));
      return serve(objects, { key, version, isDownload }, value);
    }
    const { key, value: metadata } = await locate((candidate) => objects.head(candidate, version));
    const outcome = evaluatePreconditions(sent, metadata);
    if (outcome === 412) throw preconditionFailed();
    const headers = downloadHeaders(key, metadata, isDownload);
    if (outcome === 304) return emptyResponse(304, revalidationHeaders(headers));
    if (request.method === "HEAD") return emptyResponse(200, { ...headers, "content-length": String(metadata.size) });
    const object = await openRange(objects, key, requestedRange(sent, metadata), version);
    if (!object) throw fileNotFound();
    // The preconditions concern the state that was read first.
    if (object.metadata.etag !== metadata.etag) {
      object.discard();
      throw fileChanged();
    }
    return serve(objects, { key, version, isDownload }, object);
  };

/** S3 rejects every range of an empty file. A suffix of one is the whole file (RFC 9110, section 14.1.2). */
async function openRange(
  objects: Bucket,
  key: string,
  range: string | undefined,
  version: string | undefined,
): Promise<OpenObject | undefined> {
  try {
    return await objects.open(key, range, version);
  } catch (error) {
    const isSuffix = range !== undefined && /^bytes=-0*[1-9]/.test(range);
    if (isSuffix && error instanceof RangeNotSatisfiableError && error.size === 0) {
      return objects.open(key, undefined, version);
    }
    throw error;
  }
}

async function locateVersion<T>(
  key: string,
  principal: Principal,
  load: () => Promise<T | undefined>,
): Promise<LocatedFile<T>> {
  // The access rule also allows basenames.
  requireRole(principal, "reader", key);
  const value = await load();
  if (value === undefined) throw versionNotFound();
  return { key, value };
}

interface Download {
  readonly key: string;
  readonly version: string | undefined;
  readonly isDownload: boolean;
}

async function serve(
  objects: Bucket,
  { key, version, isDownload }: Download,
  object: OpenObject,
): Promise<HttpResponse> {
  const { metadata, contentRange, length } = object;
  const status = contentRange === undefined ? 200 : 206;
  const headers = {
    ...downloadHeaders(key, metadata, isDownload),
    ...(contentRange === undefined ? {} : { "content-range": contentRange }),
  };
  if (fitsBinaryResponse(status, length, headers)) return binaryResponse(status, await object.read(), headers);
  object.discard();
  const disposition = dispositionOf(key, metadata.contentType, isDownload);
  const location = await objects.presignGet(key, DEFAULT_EXPIRY, disposition, version);
  return emptyResponse(307, { location, "cache-control": "no-store" });
}
