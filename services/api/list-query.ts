import * as v from "valibot";
import { readQuery } from "../../lib/http/query.ts";
import { cursorKey, readCursor } from "./cursor.ts";
import type { CatalogFile } from "./file-record.ts";
import { choice, limitUpTo, MAX_LIMIT, prefix } from "./query-parameters.ts";

const sortColumns = ["date_added", "prefix_path", "size", "filename"] as const;
export type SortColumn = (typeof sortColumns)[number];
/** A leading minus sorts in descending order. Files that are equal in this order are sorted by key. */
export type Sort = SortColumn | `-${SortColumn}`;
export const sorts: readonly Sort[] = sortColumns.flatMap((column): Sort[] => [column, `-${column}`]);

/** The last row of the previous page. Unlike an offset, it is not affected by rows that are added or removed. */
export interface Cursor {
  /** The date or the size, in a list that is sorted by it; null in an order that the key determines. */
  readonly value: string | number | null;
  readonly key: string;
}

export interface ListQuery {
  readonly prefix: string;
  readonly limit: number;
  readonly sort: Sort;
  readonly after: Cursor | undefined;
}

/** A page of the files below prefixes, none of which starts with another: a file below two would be listed twice. */
export interface CatalogQuery extends Omit<ListQuery, "prefix"> {
  readonly prefixes: readonly string[];
}

export const DEFAULT_LIMIT = 500;

export const listQuery = v.object({
  prefix,
  limit: limitUpTo(MAX_LIMIT, DEFAULT_LIMIT),
  sort: v.optional(choice(sorts), "-date_added"),
});

/** An existing date in the format of the records. */
const date = v.pipe(
  v.string(),
  v.regex(/^\d{4}-/),
  v.check((text) => Date.parse(text) >= 0 && new Date(text).toISOString() === text),
);
const cursorValues = {
  date_added: date,
  prefix_path: v.null(),
  size: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  filename: v.null(),
} as const satisfies Record<SortColumn, v.GenericSchema>;

export const columnOf = (sort: Sort): SortColumn => sort.replace("-", "") as SortColumn;

/**
 * Reads `prefix`, `limit`, `sort` and `cursor`.
 *
 * @throws HttpError 400 that names the parameter
 */
export function parseListQuery(query: URLSearchParams): ListQuery {
  const { sort, ...page } = readQuery({ query }, listQuery);
  const cursor = v.strictTuple([v.literal(sort), cursorValues[columnOf(sort)], cursorKey]);
  const [, value = null, key] = readCursor(query, cursor, "sort") ?? [];
  return { ...page, sort, after: key === undefined ? undefined : { value, key } };
}

/** The position of a file in a list. */
export function positionOf(sort: Sort, file: CatalogFile): Cursor {
  const column = columnOf(sort);
  return { value: column === "date_added" || column === "size" ? file[column] : null, key: file.prefix_path };
}
