import { type Alignment, table } from "../command-line/table.ts";
import type { QueryRows } from "./athena.ts";

export type RowFormat = "table" | "json" | "csv";

const NUMBERS = new Set(["bigint", "double", "float", "integer", "real", "smallint", "tinyint"]);
/** Of a cell of a table, in characters. */
const MAX_CELL = 60;

/** The rows of a result for people, or for programs: a JSON array of objects, or CSV as in RFC 4180. */
export function renderRows(result: QueryRows, format: RowFormat): string {
  const { columns, rows } = result;
  switch (format) {
    case "json":
      return JSON.stringify(rows.map((row) => objectOf(result, row)));
    case "csv":
      return [columns.map(({ name }) => name), ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n");
    case "table": {
      const alignments = columns.map(({ type }): Alignment => (NUMBERS.has(type) ? "right" : "left"));
      return table(
        columns.map(({ name }) => name),
        rows.map((row) => row.map((value) => shorten(value ?? "-"))),
        alignments,
      );
    }
  }
}

function objectOf({ columns }: QueryRows, row: readonly (string | null)[]): object {
  return Object.fromEntries(columns.map(({ name, type }, index) => [name, jsonValue(row[index] ?? null, type)]));
}

/** Numbers and booleans as such, unless a number would lose digits. */
function jsonValue(text: string | null, type: string): unknown {
  if (text === null || text === "") return text;
  if (type === "boolean") return text === "true";
  const number = Number(text);
  const isExact = NUMBERS.has(type) && Number.isFinite(number) && (type !== "bigint" || Number.isSafeInteger(number));
  return isExact ? number : text;
}

/**
 * Quoted where RFC 4180 requires it. A text that a spreadsheet would run as a formula begins with an apostrophe:
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
function csvCell(value: string | null): string {
  if (value === null) return "";
  const text = /^[=+@\t\r]|^-(?![\d.])/.test(value) ? `'${value}` : value;
  return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > MAX_CELL ? `${line.slice(0, MAX_CELL - 1)}…` : line;
}
