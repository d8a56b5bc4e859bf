import { startFilesDatabase } from "../../services/postgres-init/testing/files-database.ts";
import { writeBenchmarks } from "./benchmarks-document.ts";
import { fillFiles } from "./list/fill-files.ts";
import { goalsOf, millions } from "./list/goals.ts";
import { measureTable } from "./list/measure-table.ts";
import type { Measurement, TableMeasurements } from "./list/measurement.ts";
import { formatBaseline, renderList } from "./list/render-list.ts";
import { DEFAULT_MILLIONS, rowsOf } from "./list/table-sizes.ts";

/**
 * Measures lists, folders and searches in a real PostgreSQL, for tables of several sizes, one after the other. Each is
 * in a temporary folder, which is removed: a million files need about 1.2 GB.
 *
 * @param sizes millions of files, separated by commas
 * @param write whether to write the results to `docs/benchmarks.md`
 * @returns whether every goal is met
 */
export async function benchList(sizes = DEFAULT_MILLIONS, write = false): Promise<boolean> {
  const tables: TableMeasurements[] = [];
  for (const rows of rowsOf(sizes)) tables.push(await benchTable(rows));
  const goals = goalsOf(tables);
  for (const { goal, measured, isMet } of goals) console.log(`  ${isMet ? "met" : "NOT MET"}: ${goal} (${measured})`);
  if (write) {
    const title = "Lists, folders and searches";
    writeBenchmarks({ subject: "list", title, args: `list --millions ${sizes} --write`, content: renderList(tables) });
  }
  return goals.every(({ isMet }) => isMet);
}

async function benchTable(rows: number): Promise<TableMeasurements> {
  let filled = 0;
  const files = await startFilesDatabase(async (admin) => {
    await fillFiles(admin, rows);
    filled = performance.now();
  });
  try {
    const migration = (performance.now() - filled) / 1_000;
    console.log(`\n${millions(rows)} files; the later migrations took ${migration.toFixed(0)} s.\n`);
    console.log(`${"ms".padEnd(42)} ${"median".padStart(9)} ${"p95".padStart(9)} ${"client".padStart(9)}  baseline`);
    await files.admin.query("vacuum analyze");
    return await measureTable(files, rows, migration, printMeasurement);
  } finally {
    await files.remove();
  }
}

function printMeasurement({ kind, name, times, baseline }: Measurement): void {
  const columns = [times.median.toFixed(2), times.p95.toFixed(2), times.client.toFixed(1)];
  const cells = columns.map((column) => column.padStart(9)).join(" ");
  console.log(
    `${`${kind} ${name}`.padEnd(42)} ${cells}  ${baseline === undefined ? "" : formatBaseline(baseline)}`.trimEnd(),
  );
}
