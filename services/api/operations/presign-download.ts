import { readQuery } from "../../../lib/http/query.ts";
import { jsonResponse } from "../../../lib/http/response.ts";
import type { ObjectStore } from "../../../lib/objects/object-store.ts";
import { dispositionOf } from "../download-headers.ts";
import { expiryQuery } from "../expiry.ts";
import type { FileCatalog } from "../file-catalog.ts";
import { locateFile } from "../locate-file.ts";
import type { OperationHandler } from "../operation.ts";

/**
 * `GET /api/download_presigned/{key+}`: a URL that downloads the file without a password; 404 when there is no such
 * file. With `download`, a browser stores the file in place of displaying it.
 */
export const presignDownload =
  (objects: Pick<ObjectStore, "head" | "presignGet">, catalog: Pick<FileCatalog, "findByName">): OperationHandler =>
  async (request, { grants }, name) => {
    const { expires } = readQuery(request, expiryQuery);
    const isDownload = request.query.has("download");
    const { key, value } = await locateFile(name, grants, catalog, (candidate) => objects.head(candidate));
    const url = await objects.presignGet(key, expires, dispositionOf(key, value.contentType, isDownload));
    return jsonResponse(200, { url, method: "GET", expires_in: expires }, { "cache-control": "no-store" });
  };
