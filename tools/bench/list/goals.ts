import type { Kind, TableMeasurements } from "./measurement.ts";

export interface Goal {
  readonly goal: string;
  readonly measured: string;
  readonly isMet: boolean;
}

/** The goals of the Files system, for the tables that were measured. */
export function goalsOf(tables: readonly TableMeasurements[]): readonly Goal[] {
  const slowest = (kinds: readonly Kind[], maximum: number, goal: string): Goal => {
    const all = tables.flatMap(({ rows, measurements }) => measurements.map((each) => ({ ...each, rows })));
    const [worst] = all
      .filter(({ kind }) => kinds.includes(kind))
      .toSorted((one, other) => other.times.p95 - one.times.p95);
    const p95 = worst?.times.p95 ?? Number.NaN;
    return {
      goal,
      measured: `${p95.toFixed(1)} ms: ${worst?.name}, ${millions(worst?.rows ?? 0)}`,
      isMet: p95 <= maximum,
    };
  };
  const cached = Math.max(...tables.map((table) => table.cached));
  return [
    slowest(["list"], 5, "lists, any sort and depth: p95 ≤ 5 ms"),
    ...flatness(tables),
    slowest(["folders"], 30, "1,000 folders: p95 ≤ 30 ms"),
    slowest(["search"], 50, "searches, any text: p95 ≤ 50 ms"),
    {
      goal: "through the function and its cache: p95 ≤ 15 ms",
      measured: `${cached.toFixed(1)} ms`,
      isMet: cached <= 15,
    },
  ];
}

/** The largest table compared with that of a million, by all lists together: single ones take less than the noise. */
function flatness(tables: readonly TableMeasurements[]): readonly Goal[] {
  const [smallest, ...others] = tables
    .filter(({ rows }) => rows >= 1_000_000)
    .toSorted((one, other) => one.rows - other.rows);
  const largest = others.at(-1);
  if (!smallest || !largest) return [];
  const ratio = sumOfLists(largest) / sumOfLists(smallest);
  return [
    {
      goal: `lists of ${millions(largest.rows)} ≤ 1.3 × those of ${millions(smallest.rows)}`,
      measured: `${ratio.toFixed(2)} ×, by the sums of the medians`,
      isMet: ratio <= 1.3,
    },
  ];
}

const sumOfLists = ({ measurements }: TableMeasurements): number =>
  measurements.filter(({ kind }) => kind === "list").reduce((sum, { times }) => sum + times.median, 0);

export const millions = (rows: number): string => `${rows / 1_000_000} million`;
