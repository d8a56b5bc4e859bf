import { binaryResponse, emptyResponse, fitsBinaryResponse, type HttpResponse } from "../../../lib/http/response.ts";
import type { ObjectStore, OpenObject } from "../../../lib/objects/object-store.ts";
import { dispositionOf, downloadHeaders } from "../download-headers.ts";
import { fileNotFound, preconditionFailed } from "../errors.ts";
import type { FileCatalog } from "../file-catalog.ts";
import { locateFile } from "../locate-file.ts";
import { DEFAULT_EXPIRY, type OperationHandler, requestedKey } from "../operation.ts";
import { evaluatePreconditions, hasPreconditions, requestedRange } from "../preconditions.ts";

type Bucket = Pick<ObjectStore, "head" | "open" | "presignGet">;

/**
 * `GET` and `HEAD /{key+}` and `/api/files/{key+}`: the stored bytes, or a redirect to S3 when they do not fit the
 * response of a function. With `download`, a browser stores the file in place of displaying it.
 */
export const downloadFile =
  (objects: Bucket, catalog: Pick<FileCatalog, "findByName">): OperationHandler =>
  async (request, { grants }) => {
    const name = requestedKey(request);
    const isDownload = request.query.has("download");
    if (request.method !== "HEAD" && !hasPreconditions(request.headers)) {
      const range = requestedRange(request.headers);
      const { key, value } = await locateFile(name, grants, catalog, (candidate) => objects.open(candidate, range));
      return serve(objects, { key, isDownload }, value);
    }
    const { key, value: metadata } = await locateFile(name, grants, catalog, (candidate) => objects.head(candidate));
    const outcome = evaluatePreconditions(request.headers, metadata);
    if (outcome === 412) throw preconditionFailed();
    const headers = downloadHeaders(key, metadata, isDownload);
    if (outcome === 304) return emptyResponse(304, headers);
    if (request.method === "HEAD") return emptyResponse(200, { ...headers, "content-length": String(metadata.size) });
    const object = await objects.open(key, requestedRange(request.headers, metadata));
    if (!object) throw fileNotFound();
    return serve(objects, { key, isDownload }, object);
  };

interface Download {
  readonly key: string;
  readonly isDownload: boolean;
}

async function serve(objects: Bucket, { key, isDownload }: Download, object: OpenObject): Promise<HttpResponse> {
  const { metadata, contentRange, length } = object;
  const status = contentRange === undefined ? 200 : 206;
  const headers = {
    ...downloadHeaders(key, metadata, isDownload),
    ...(contentRange === undefined ? {} : { "content-range": contentRange }),
  };
  if (fitsBinaryResponse(status, length, headers)) return binaryResponse(status, await object.read(), headers);
  object.discard();
  const disposition = dispositionOf(key, metadata.contentType, isDownload);
  const location = await objects.presignGet(key, DEFAULT_EXPIRY, disposition);
  return emptyResponse(307, { location, "cache-control": "no-store" });
}
