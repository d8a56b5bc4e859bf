import * as v from "valibot";
import { readQuery } from "../../lib/http/query.ts";
import { cursorKey, invalidCursor, readCursor } from "./cursor.ts";
import { DEFAULT_LIMIT } from "./list-query.ts";
import { choice, limitUpTo, MAX_LIMIT, prefix } from "./query-parameters.ts";

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

export const folderQuery = v.object({
  delimiter: choice([DELIMITER]),
  prefix,
  limit: limitUpTo(MAX_LIMIT, DEFAULT_LIMIT),
  sort: v.optional(choice(folderSorts), "prefix_path"),
  counts: v.optional(choice(["true", "false"]), "false"),
});

const countedFolderQuery = v.object({
  ...folderQuery.entries,
  limit: limitUpTo(MAX_COUNTED_FOLDERS, MAX_COUNTED_FOLDERS),
});

/**
 * Reads `delimiter`, `prefix`, `limit`, `sort`, `counts` and `cursor`.
 *
 * @throws HttpError 400 that names the parameter
 */
export function parseFolderQuery(query: URLSearchParams): FolderQuery {
  const counts = query.get("counts") === "true";
  const { prefix, limit, sort } = readQuery({ query }, counts ? countedFolderQuery : folderQuery);
  const cursor = v.strictTuple([v.literal(DELIMITER), v.literal(sort), cursorKey]);
  const [, , after] = readCursor(query, cursor, "sort and delimiter") ?? [];
  if (after !== undefined && !after.startsWith(prefix)) throw invalidCursor("prefix");
  return { prefix, limit, sort, counts, after };
}
