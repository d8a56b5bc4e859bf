import type { Tally } from "../checks/reporter.ts";
import { columns } from "../command-line/table.ts";

/** A heading and a line for each of the slowest files; nothing when one file was run. */
export function describeSlowest(files: Tally["files"], limit: number): string[] {
  if (files.length < 2) return [];
  const slowest = files.toSorted((one, other) => other.duration - one.duration).slice(0, limit);
  const lines = slowest.map(({ name, duration }) => [`  ${(duration / 1000).toFixed(1)} s`, name]);
  return ["slowest files:", columns(lines, ["right", "left"]), ""];
}
