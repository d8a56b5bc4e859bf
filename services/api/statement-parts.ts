/** The columns of a file record, from a table or subquery `file`. */
export const fileColumns = `file.key, file.filename, file.etag, file.content_type, file.size::float8 as size,
  to_char(file.date_added at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as date_added`;

interface Branch {
  readonly conditions: readonly string[];
  /** By default, the rows are in no order. */
  readonly order?: string;
  readonly limit: string;
  /** The values of the parameters, to which the prefixes are added. */
  readonly values: unknown[];
}

/** The condition for the rows below a prefix, which is added to the values. */
export const isBelow = (prefix: string, values: unknown[]): string => `starts_with(key, $${values.push(prefix)})`;

/**
 * The rows below the prefixes as a `from` clause with the name of the table as alias. Of several prefixes, each has a
 * branch with its own range of an index, order and limit, so that PostgreSQL merges the branches.
 *
 * Keys and basenames are read by ranges that contain no row below another prefix. No index has the order of dates,
 * sizes or basenames below a prefix: PostgreSQL sorts the files below a small one, and scans the index of the order for
 * a large one.
 */
export function rowsBelow(
  table: "file" | "file_search",
  prefixes: readonly string[],
  { conditions, order, limit, values }: Branch,
): string {
  const selections = prefixes.map((prefix) => {
    const below = prefix === "" ? [] : [isBelow(prefix, values)];
    return `${table} where ${[...conditions, ...below].join(" and ")}`;
  });
  const [only = "", ...others] = selections;
  if (others.length === 0) return only;
  const sorted = order === undefined ? "" : `order by ${order}`;
  const branches = selections.map((selection) => `(select * from ${selection} ${sorted} limit ${limit})`);
  return `(${branches.join(" union all ")}) as ${table}`;
}
