import { unsupported } from "../../runtime/error.ts";

/** The types of Hive with the types of DuckDB. */
const TYPES: Readonly<Record<string, string>> = {
  bigint: "BIGINT",
  binary: "BLOB",
  boolean: "BOOLEAN",
  date: "DATE",
  double: "DOUBLE",
  float: "FLOAT",
  int: "INTEGER",
  integer: "INTEGER",
  smallint: "SMALLINT",
  string: "VARCHAR",
  timestamp: "TIMESTAMP",
  tinyint: "TINYINT",
};

/**
 * The type of DuckDB for the type of a column in the Data Catalog.
 *
 * @throws AwsError for structs, maps and unknown types.
 */
export function duckDbType(hiveType: string): string {
  const type = hiveType.trim().toLowerCase();
  const [, element] = /^array<(.+)>$/.exec(type) ?? [];
  if (element !== undefined) return `${duckDbType(element)}[]`;
  if (/^(var)?char\(\d+\)$/.test(type)) return "VARCHAR";
  if (/^decimal(\(\d+(,\s*\d+)?\))?$/.test(type)) return type.toUpperCase();
  const known = TYPES[type];
  if (known === undefined) throw unsupported(`the column type ${hiveType} in queries`, { code: "NOT_SUPPORTED" });
  return known;
}
