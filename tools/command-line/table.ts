/** How a column's cells stand. */
export type Alignment = "left" | "right";

/** Rows for a terminal, a line each, with their columns under one another; columns beyond `alignments` stand left. */
export function columns(rows: readonly (readonly string[])[], alignments: readonly Alignment[] = []): string {
  const count = Math.max(0, ...rows.map(({ length }) => length));
  const widths = Array.from({ length: count }, (_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number) =>
    alignments[column] === "right" ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
  return rows.map((row) => row.map(cell).join("  ").trimEnd()).join("\n");
}

/** As {@link columns}, with a first row that names them. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  alignments: readonly Alignment[] = [],
): string {
  return columns([head, ...rows], alignments);
}
