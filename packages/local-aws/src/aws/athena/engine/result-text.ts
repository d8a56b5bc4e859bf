/** The types of Athena by those of DuckDB, without the parameters of decimals. */
const TYPES: Readonly<Record<string, string>> = {
  BIGINT: "bigint",
  BLOB: "varbinary",
  BOOLEAN: "boolean",
  DATE: "date",
  DOUBLE: "double",
  FLOAT: "float",
  HUGEINT: "bigint",
  INTEGER: "integer",
  JSON: "json",
  SMALLINT: "smallint",
  TIME: "time",
  TIMESTAMP: "timestamp",
  "TIMESTAMP WITH TIME ZONE": "timestamp with time zone",
  TINYINT: "tinyint",
  VARCHAR: "varchar",
};

/** The type of a result column as Athena names it. */
export function athenaType(duckDbType: string): string {
  if (duckDbType.endsWith("[]")) return "array";
  if (/^(U\w*INT)/.test(duckDbType)) return "bigint";
  if (duckDbType === `"NULL"`) return "unknown";
  return TYPES[duckDbType] ?? duckDbType.toLowerCase().replace(/\(.*$/s, "");
}

/**
 * A value as the text that Athena returns.
 *
 * @param value in the form of DuckDB's JSON conversion: numbers, booleans, texts, arrays, null.
 */
export function resultText(value: unknown, duckDbType: string): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) {
    return `[${value.map((element) => resultText(element, duckDbType.replace(/\[\]$/, ""))).join(", ")}]`;
  }
  if (typeof value === "object") return JSON.stringify(value);
  const text = String(value);
  if (duckDbType === "DOUBLE" || duckDbType === "FLOAT") return floatingPoint(text);
  if (duckDbType === "TIMESTAMP") return milliseconds(text);
  if (duckDbType === "TIMESTAMP WITH TIME ZONE") return `${milliseconds(text.replace(/[+-]\d\d(:\d\d)?$/, ""))} UTC`;
  return text;
}

function floatingPoint(text: string): string {
  return /^-?\d+$/.test(text) ? `${text}.0` : text.replace(/e\+?/, "E");
}

/** `2026-01-02 03:04:05` → `2026-01-02 03:04:05.000` */
function milliseconds(text: string): string {
  const [seconds = "", fraction = ""] = text.split(".");
  return `${seconds}.${fraction.slice(0, 3).padEnd(3, "0")}`;
}
