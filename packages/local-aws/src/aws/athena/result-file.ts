/** A row of a result; null for NULL. */
export type ResultRow = readonly (string | null)[];

/** The file that Athena writes to the result location: quoted values, and nothing for NULL. */
export function renderCsv(rows: readonly ResultRow[]): string {
  const cell = (value: string | null) => (value === null ? "" : `"${value.replaceAll('"', '""')}"`);
  return rows.map((row) => `${row.map(cell).join(",")}\n`).join("");
}

/** Reads what {@link renderCsv} wrote. */
export function parseCsv(text: string): ResultRow[] {
  const rows: ResultRow[] = [];
  let row: (string | null)[] = [];
  for (const [, quoted, end] of text.matchAll(/(?:"((?:[^"]|"")*)")?(,|\n)/g)) {
    row.push(quoted === undefined ? null : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
