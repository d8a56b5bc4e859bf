import { readablePrefixes } from "../../../lib/users/grants.ts";
import type { FileCatalog, FolderEntry, FolderPage } from "../file-catalog.ts";
import { toRecord } from "../file-url.ts";
import { DELIMITER, parseFolderQuery } from "../folder-query.ts";
import type { OperationHandler } from "../operation.ts";
import { pageResponse } from "../page-response.ts";

/**
 * `GET /api/list?delimiter=/`: the folders below `prefix` that contain a file that the caller may read, and the files
 * that are in none of them. Both are in one order by key, and a page has at most `limit` of both.
 *
 * With `counts=true`, a folder has the number and the size of its readable files, or only `more_than` when there are
 * more than 10,000. They are not always counted, because this reads an entry of an index for each file: 20 million
 * files take seconds, and the folders alone milliseconds. A table of folders with maintained counts would make every
 * event update the rows of all parent folders, and the events of a bucket wait for each other on the uppermost one.
 */
export const listFolders =
  (catalog: Pick<FileCatalog, "listFolders">): OperationHandler =>
  async (request, { grants }) => {
    const query = parseFolderQuery(request.query);
    const { prefix, limit, sort, counts } = query;
    const prefixes = readablePrefixes(grants, prefix);
    const { entries, more } = prefixes.length > 0 ? await catalog.listFolders({ ...query, prefixes }) : noEntries;
    return pageResponse<FolderEntry>({
      path: request.path,
      parameters: {
        delimiter: DELIMITER,
        limit: String(limit),
        sort,
        counts: counts ? "true" : undefined,
        prefix: prefix || undefined,
      },
      entries: entries.map((entry) => ("file" in entry ? { file: toRecord(entry.file, request.baseUrl) } : entry)),
      more,
      cursorAfter: (entry) => [DELIMITER, sort, "file" in entry ? entry.file.prefix_path : entry.folder.prefix],
      body: (shown) => ({
        folders: shown.flatMap((entry) => ("folder" in entry ? [entry.folder] : [])),
        files: shown.flatMap((entry) => ("file" in entry ? [entry.file] : [])),
      }),
    });
  };

const noEntries: FolderPage = { entries: [], more: false };
