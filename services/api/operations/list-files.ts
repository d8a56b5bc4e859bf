import { readablePrefixes } from "../../../lib/users/grants.ts";
import type { FileCatalog, FilePage } from "../file-catalog.ts";
import { toRecord } from "../file-url.ts";
import { parseListQuery, positionOf } from "../list-query.ts";
import type { OperationHandler } from "../operation.ts";
import { pageResponse } from "../page-response.ts";
import { listFolders } from "./list-folders.ts";

/**
 * `GET /` and `GET /api/list`: the records of the files that the caller may read as an array. To a caller without a
 * grant below `prefix`, there are none. With `delimiter`, see {@link listFolders}.
 */
export const listFiles = (catalog: Pick<FileCatalog, "list" | "listFolders">): OperationHandler => {
  const handleFolders = listFolders(catalog);
  return async (request, principal) => {
    if (request.query.has("delimiter")) return handleFolders(request, principal);
    const { prefix, ...page } = parseListQuery(request.query);
    const prefixes = readablePrefixes(principal.grants, prefix);
    const { files, more } = prefixes.length > 0 ? await catalog.list({ ...page, prefixes }) : noFiles;
    return pageResponse({
      path: request.path,
      parameters: { limit: String(page.limit), sort: page.sort, prefix: prefix || undefined },
      entries: files.map((file) => toRecord(file, request.baseUrl)),
      more,
      cursorAfter: (file) => {
        const { value, key } = positionOf(page.sort, file);
        return [page.sort, value, key];
      },
      body: (records) => records,
    });
  };
};

const noFiles: FilePage = { files: [], more: false };
