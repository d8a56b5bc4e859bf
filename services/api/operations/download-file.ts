import type { HttpRequest } from "../../../lib/http/request.ts";
import { binaryResponse, emptyResponse, fitsBinaryResponse, type HttpResponse } from "../../../lib/http/response.ts";
import type { ObjectMetadata, ObjectStore, OpenObject } from "../../../lib/objects/object-store.ts";
import { dispositionOf, downloadHeaders } from "../download-headers.ts";
import { fileNotFound, preconditionFailed } from "../errors.ts";
import type { FileCatalog } from "../file-catalog.ts";
import { locateFile } from "../locate-file.ts";
import { DEFAULT_EXPIRY, type OperationHandler, requestedKey } from "../operation.ts";
import { evaluatePreconditions, hasPreconditions, requestedRange } from "../preconditions.ts";

type Bucket = Pick<ObjectStore, "head" | "open" | "presignGet">;

/**
 * `GET` and `HEAD /{key+}` and `/api/files/{key+}`: the stored bytes, or a redirect to S3 when they do not fit the
 * response of a function.
 */
export const downloadFile =
  (objects: Bucket, catalog: Pick<FileCatalog, "findByName">): OperationHandler =>
  async (request, { grants }) => {
    const name = requestedKey(request);
    if (request.method !== "HEAD" && !hasPreconditions(request.headers)) {
      const range = requestedRange(request.headers);
      const { key, value } = await locateFile(name, grants, catalog, (candidate) => objects.open(candidate, range));
      return serve(objects, key, value);
    }
    const { key, value: metadata } = await locateFile(name, grants, catalog, (candidate) => objects.head(candidate));
    const outcome = evaluatePreconditions(request.headers, metadata);
    if (outcome === 412) throw preconditionFailed();
    if (outcome === 304) return emptyResponse(304, downloadHeaders(key, metadata));
    if (request.method === "HEAD") return headResponse(key, metadata);
    return serveCurrent(objects, key, request, metadata);
  };

const headResponse = (key: string, metadata: ObjectMetadata): HttpResponse =>
  emptyResponse(200, { ...downloadHeaders(key, metadata), "content-length": String(metadata.size) });

async function serveCurrent(
  objects: Bucket,
  key: string,
  request: HttpRequest,
  metadata: ObjectMetadata,
): Promise<HttpResponse> {
  const object = await objects.open(key, requestedRange(request.headers, metadata));
  if (!object) throw fileNotFound();
  return serve(objects, key, object);
}

async function serve(objects: Bucket, key: string, object: OpenObject): Promise<HttpResponse> {
  const { metadata, contentRange, length } = object;
  const status = contentRange === undefined ? 200 : 206;
  const headers = {
    ...downloadHeaders(key, metadata),
    ...(contentRange === undefined ? {} : { "content-range": contentRange }),
  };
  if (fitsBinaryResponse(status, length, headers)) return binaryResponse(status, await object.read(), headers);
  object.discard();
  const location = await objects.presignGet(key, DEFAULT_EXPIRY, dispositionOf(key, metadata.contentType));
  return emptyResponse(307, { location, "cache-control": "no-store" });
}
