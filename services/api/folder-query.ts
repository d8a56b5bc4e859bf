import * as v from "valibot";
import {
  choiceParameter,
  cursorKey,
  invalidParameter,
  limitParameter,
  MAX_LIMIT,
  prefixParameter,
  readCursor,
  readParameter,
} from "./query-parameters.ts";

/** The only delimiter: grants are on folders that end with it. */
export const DELIMITER = "/";

const folderSorts = ["prefix_path", "-prefix_path"] as const;
export type FolderSort = (typeof folderSorts)[number];

export interface FolderQuery {
  /** A folder of an entry ends at the first slash after it. */
  readonly prefix: string;
  readonly limit: number;
  readonly sort: FolderSort;
  /** Whether to count the files of each folder. */
  readonly counts: boolean;
  /** The key or the folder that was last on the previous page. */
  readonly after: string | undefined;
}

/** A page of the folders and files below a prefix, of which only those below the prefixes are readable. */
export interface CatalogFolderQuery extends FolderQuery {
  readonly prefixes: readonly string[];
}

/** Folders on a page with counts, each of which may read up to `MAX_COUNTED` entries of an index. */
const MAX_COUNTED_FOLDERS = 100;
const DEFAULT_LIMIT = 500;

export const folderParameters = {
  delimiter: choiceParameter([DELIMITER]),
  prefix: prefixParameter,
  limit: limitParameter(MAX_LIMIT),
  limitWithCounts: limitParameter(MAX_COUNTED_FOLDERS),
  sort: choiceParameter(folderSorts),
  counts: choiceParameter(["true", "false"]),
};

/**
 * Reads `delimiter`, `prefix`, `limit`, `sort`, `counts` and `cursor`.
 *
 * @throws HttpError 400 that names the parameter
 */
export function parseFolderQuery(query: URLSearchParams): FolderQuery {
  readParameter(query, "delimiter", folderParameters.delimiter);
  const prefix = readParameter(query, "prefix", folderParameters.prefix) ?? "";
  const sort = readParameter(query, "sort", folderParameters.sort) ?? "prefix_path";
  const counts = readParameter(query, "counts", folderParameters.counts) === "true";
  const limit = readParameter(query, "limit", counts ? folderParameters.limitWithCounts : folderParameters.limit);
  const cursor = v.strictTuple([v.literal(DELIMITER), v.literal(sort), cursorKey]);
  const [, , after] = readCursor(query, cursor, "sort and delimiter") ?? [];
  if (after !== undefined && !after.startsWith(prefix)) {
    throw invalidParameter("cursor", "a cursor from a Link header, with the same prefix");
  }
  return { prefix, sort, counts, limit: limit ?? (counts ? MAX_COUNTED_FOLDERS : DEFAULT_LIMIT), after };
}
