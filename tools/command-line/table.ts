/** The alignment of the cells of a column. */
export type Alignment = "left" | "right";

/** Aligns the columns of rows for a terminal; columns without an alignment are aligned left. */
export function columns(rows: readonly (readonly string[])[], alignments: readonly Alignment[] = []): string {
  const count = Math.max(0, ...rows.map(({ length }) => length));
  const widths = Array.from({ length: count }, (_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number) =>
    alignments[column] === "right" ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
  return rows.map((row) => row.map(cell).join("  ").trimEnd()).join("\n");
}

/** Like {@link columns}, with a header row. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  alignments: readonly Alignment[] = [],
): string {
  return columns([head, ...rows], alignments);
}
