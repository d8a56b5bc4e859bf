import { BASELINE_TIMEOUT } from "./catalog-timer.ts";
import { goalsOf, millions } from "./goals.ts";
import type { Measurement, TableMeasurements } from "./measurement.ts";

/** The measurements as Markdown, for the document of benchmarks. */
export function renderList(tables: readonly TableMeasurements[]): string {
  const kinds = ["list", "folders", "counts", "search"] as const;
  const names = kinds.flatMap((kind) =>
    (tables[0]?.measurements ?? []).filter((each) => each.kind === kind).map(({ name }) => ({ kind, name })),
  );
  const rowOf = (title: string, cell: (table: TableMeasurements) => string): string =>
    `| ${title} | ${tables.map(cell).join(" | ")} |`;
  const find = (table: TableMeasurements, kind: string, name: string): Measurement | undefined =>
    table.measurements.find((each) => each.kind === kind && each.name === name);
  return [
    "Pages of 100 records in PostgreSQL; 1,000 folders. Milliseconds in the database, planning included.",
    "",
    "| goal | measured | |",
    "| --- | --- | --- |",
    ...goalsOf(tables).map(
      ({ goal, measured, isMet }) => `| ${goal} | ${measured} | ${isMet ? "met" : "**not met**"} |`,
    ),
    "",
    "Each cell has the median and the 95th percentile of 40 runs and, after a slash, one run of the baseline: `OFFSET` for",
    "lists, `select distinct` for folders, and `ilike` for searches.",
    "",
    rowOf("files", ({ rows }) => millions(rows)),
    rowOf("---", () => "---"),
    rowOf("tables and indexes", ({ bytes }) => `${(bytes / 1e9).toFixed(1)} GB`),
    rowOf("migrations 2 and later of the filled table", ({ migration }) => `${migration.toFixed(0)} s`),
    rowOf("one row by its key", ({ byKey }) => milliseconds(byKey.median, byKey.p95)),
    ...names.map(({ kind, name }) =>
      rowOf(`${kind === "counts" ? "folders" : kind} ${name}`, (table) => {
        const found = find(table, kind, name);
        if (!found) return "";
        const baseline = found.baseline === undefined ? "" : ` / ${formatBaseline(found.baseline)}`;
        return milliseconds(found.times.median, found.times.p95) + baseline;
      }),
    ),
    rowOf("cached responses of the function", ({ cached }) => `${cached.toFixed(2)} (p95)`),
  ].join("\n");
}

/** Milliseconds. */
export const formatBaseline = (baseline: number): string =>
  Number.isFinite(baseline) ? baseline.toFixed(0) : `> ${BASELINE_TIMEOUT}`;

const milliseconds = (median: number, p95: number): string => `${median.toFixed(2)}, ${p95.toFixed(2)}`;
