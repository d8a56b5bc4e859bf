import { jsonResponse, MAX_RESPONSE_BYTES } from "../../../lib/http/response.ts";
import { readablePrefixes } from "../../../lib/users/grants.ts";
import type { FileCatalog, FilePage } from "../file-catalog.ts";
import type { FileRecord } from "../file-record.ts";
import { toRecord } from "../file-url.ts";
import { formatCursor, type ListQuery, parseListQuery } from "../list-query.ts";
import type { OperationHandler } from "../operation.ts";

/** Reserved for brackets, headers and a link whose cursor may contain the longest key. */
const ENVELOPE_BYTES = 64 * 1024;

/**
 * `GET /` and `GET /api/list`: the records of the files that the caller may read as an array, with the next page in a
 * `Link` header (RFC 8288). To a caller without a grant below `prefix`, there are none.
 */
export const listFiles =
  (catalog: Pick<FileCatalog, "list">): OperationHandler =>
  async (request, { grants }) => {
    const query = parseListQuery(request.query);
    const { prefix, ...page } = query;
    const prefixes = readablePrefixes(grants, prefix);
    const { files, more } = prefixes.length > 0 ? await catalog.list({ ...page, prefixes }) : noFiles;
    const records = files.map((file) => toRecord(file, request.baseUrl));
    const fitting = records.slice(0, countFitting(records));
    const last = fitting.at(-1);
    const next = last && (more || fitting.length < records.length) ? nextLink(request.path, query, last) : {};
    return jsonResponse(200, fitting, { "cache-control": "private, no-cache", ...next });
  };

const noFiles: FilePage = { files: [], more: false };

/** The number of records that fit a response, which can be less than the limit when keys are long. */
function countFitting(files: readonly FileRecord[]): number {
  let bytes = ENVELOPE_BYTES;
  const index = files.findIndex((file) => {
    // The body is JSON inside the JSON of the function's response, so its quotes and backslashes are escaped once more.
    bytes += Buffer.byteLength(JSON.stringify(JSON.stringify(file)));
    return bytes > MAX_RESPONSE_BYTES;
  });
  return index < 0 ? files.length : index;
}

function nextLink(path: string, { prefix, limit, sort }: ListQuery, last: FileRecord): { link: string } {
  const cursor = formatCursor(sort, { date: last.date_added, key: last.prefix_path });
  const parameters = new URLSearchParams({ limit: String(limit), sort, cursor });
  if (prefix !== "") parameters.set("prefix", prefix);
  return { link: `<${path}?${parameters}>; rel="next"` };
}
