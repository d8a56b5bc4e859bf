import { readablePrefixes } from "../../../lib/users/grants.ts";
import type { FileCatalog, SearchPage } from "../file-catalog.ts";
import { toRecord } from "../file-url.ts";
import type { OperationHandler } from "../operation.ts";
import { pageResponse } from "../page-response.ts";
import { parseSearchQuery } from "../search-query.ts";

/**
 * `GET /api/search`: the records of the files that the caller may read and whose key contains the text `q`, without
 * regard to case or accents. Best first: the basename is the text, begins with it, contains it, the key contains it;
 * then shorter keys, or names that begin with the text in their order. Of too many files that contain a common text,
 * the order is fixed but has no meaning.
 */
export const searchFiles =
  (catalog: Pick<FileCatalog, "search">): OperationHandler =>
  async (request, { grants }) => {
    const { prefix, ...query } = parseSearchQuery(request.query);
    const prefixes = readablePrefixes(grants, prefix);
    const { matches, more } = prefixes.length > 0 ? await catalog.search({ ...query, prefixes }) : noMatches;
    return pageResponse({
      path: request.path,
      parameters: { q: query.text, limit: String(query.limit), prefix: prefix || undefined },
      entries: matches.map(({ file, ...match }) => ({ ...match, record: toRecord(file, request.baseUrl) })),
      more,
      cursorAfter: ({ rank, isCommon, record: { prefix_path: key } }) => {
        return ["search", query.text, rank, isCommon ? null : [...key].length, key];
      },
      body: (shown) => shown.map(({ record }) => record),
    });
  };

const noMatches: SearchPage = { matches: [], more: false };
