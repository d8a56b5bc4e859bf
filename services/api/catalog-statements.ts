import type { Statement } from "../../lib/database/database.ts";
import { basename } from "../../lib/keys/object-key.ts";
import { type CatalogQuery, type Cursor, columnOf, type Sort, type SortColumn } from "./list-query.ts";
import { fileColumns, rowsBelow } from "./statement-parts.ts";

type Column = "date_added" | "size" | "filename" | "key";

/** The columns of each sort. The key makes the order total, which keyset pagination requires. */
const columnsOfSort: Readonly<Record<SortColumn, readonly Column[]>> = {
  date_added: ["date_added", "key"],
  prefix_path: ["key"],
  size: ["size", "key"],
  filename: ["filename", "key"],
};

/** Selects one row more than requested, which shows whether another page follows. */
export function listStatement(bucket: string, { prefixes, limit, sort, after }: CatalogQuery): Statement {
  const columns = columnsOfSort[columnOf(sort)];
  const direction = isDescending(sort) ? "desc" : "asc";
  const values: unknown[] = [bucket, limit + 1];
  const conditions = ["bucket = $1", "removed_at is null"];
  if (after) {
    const position = columns.map((column) => parameterOf(column, after, values));
    conditions.push(`(${columns.join(", ")}) ${direction === "asc" ? ">" : "<"} (${position.join(", ")})`);
  }
  const order = columns.map((column) => `file.${column} ${direction}`).join(", ");
  const source = rowsBelow("file", prefixes, { conditions, order, limit: "$2", values });
  return { name: "list files", text: `select ${fileColumns} from ${source} order by ${order} limit $2`, values };
}

const isDescending = (sort: Sort): boolean => sort.startsWith("-");

/** Adds the value of a column in a position to the values, and returns its parameter. */
function parameterOf(column: Column, { value, key }: Cursor, values: unknown[]): string {
  switch (column) {
    case "date_added":
      return `$${values.push(value)}::timestamptz`;
    case "size":
      return `$${values.push(value)}::bigint`;
    case "filename":
      return `$${values.push(basename(key))}`;
    case "key":
      return `$${values.push(key)}`;
  }
}

export function findByNameStatement(
  bucket: string,
  filename: string,
  prefixes: readonly string[],
  limit: number,
): Statement {
  const values: unknown[] = [bucket, filename, limit];
  const conditions = ["bucket = $1", "filename = $2", "removed_at is null"];
  const source = rowsBelow("file", prefixes, { conditions, order: "file.key", limit: "$3", values });
  return { name: "find by name", text: `select key from ${source} order by file.key limit $3`, values };
}
