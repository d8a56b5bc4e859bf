import type { Statement } from "../../lib/database/database.ts";
import type { CatalogQuery, Sort } from "./list-query.ts";

interface Order {
  readonly columns: readonly ("date_added" | "key")[];
  readonly direction: "asc" | "desc";
}

/** The columns of each sort. The key makes the order total, which keyset pagination requires. */
const orders: Readonly<Record<Sort, Order>> = {
  "-date_added": { columns: ["date_added", "key"], direction: "desc" },
  date_added: { columns: ["date_added", "key"], direction: "asc" },
  "-prefix_path": { columns: ["key"], direction: "desc" },
  prefix_path: { columns: ["key"], direction: "asc" },
};

/** Selects one row more than requested, which shows whether another page follows. */
export function listStatement(bucket: string, { prefixes, limit, sort, after }: CatalogQuery): Statement {
  const { columns, direction } = orders[sort];
  const values: unknown[] = [bucket, limit + 1];
  const conditions = ["bucket = $1", "removed_at is null"];
  if (after) {
    const position = columns.map((column) =>
      column === "key" ? `$${values.push(after.key)}` : `$${values.push(after.date)}::timestamptz`,
    );
    conditions.push(`(${columns.join(", ")}) ${direction === "asc" ? ">" : "<"} (${position.join(", ")})`);
  }
  const order = columns.map((column) => `file.${column} ${direction}`).join(", ");
  const source = filesBelow(prefixes, { conditions, order, limit: "$2", values });
  return {
    text: `select key, filename, etag, content_type, size::float8 as size,
             to_char(date_added at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as date_added
           from ${source} order by ${order} limit $2`,
    values,
  };
}

export function findByNameStatement(
  bucket: string,
  filename: string,
  prefixes: readonly string[],
  limit: number,
): Statement {
  const values: unknown[] = [bucket, filename, limit];
  const conditions = ["bucket = $1", "filename = $2", "removed_at is null"];
  const source = filesBelow(prefixes, { conditions, order: "file.key", limit: "$3", values });
  return { text: `select key from ${source} order by file.key limit $3`, values };
}

interface Branch {
  readonly conditions: readonly string[];
  readonly order: string;
  readonly limit: string;
  /** The values of the parameters, to which the prefixes are added. */
  readonly values: unknown[];
}

/**
 * The rows below the prefixes as a `from` clause with the alias `file`. Of several prefixes, each has a branch with its
 * own range of an index, order and limit, so that PostgreSQL merges the branches.
 *
 * Keys and basenames are read by ranges that contain no row below another prefix. No index has the order of dates below
 * a prefix: PostgreSQL sorts the files below a small one, and scans the index of dates for a large one.
 */
function filesBelow(prefixes: readonly string[], { conditions, order, limit, values }: Branch): string {
  const selections = prefixes.map((prefix) => {
    const below = prefix === "" ? [] : [`starts_with(key, $${values.push(prefix)})`];
    return `file where ${[...conditions, ...below].join(" and ")}`;
  });
  const [only = "", ...others] = selections;
  if (others.length === 0) return only;
  const branches = selections.map((selection) => `(select * from ${selection} order by ${order} limit ${limit})`);
  return `(${branches.join(" union all ")}) as file`;
}
