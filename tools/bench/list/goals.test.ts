import { describe, expect, it } from "vitest";
import { goalsOf } from "./goals.ts";
import type { Kind, TableMeasurements } from "./measurement.ts";

const times = (median: number, p95 = median) => ({ median, p95, client: p95 });
const table = (rows: number, milliseconds: Partial<Record<Kind, number>>, cached = 1): TableMeasurements => ({
  ...{ rows, migration: 1, bytes: 1, byKey: times(0.1), cached },
  measurements: Object.entries({ list: 1, folders: 1, search: 1, ...milliseconds }).map(([kind, value]) => {
    return { kind: kind as Kind, name: `a ${kind}`, times: times(value) };
  }),
});
const unmet = (tables: readonly TableMeasurements[]) => goalsOf(tables).filter(({ isMet }) => !isMet);

describe("the goals of lists", () => {
  it("are met by tables of all sizes with the same times", () => {
    expect(unmet([table(1_000_000, {}), table(20_000_000, { list: 1.2 })])).toEqual([]);
  });

  it.each([
    [{ list: 5.1 }, "lists, any sort"],
    [{ folders: 31 }, "1,000 folders"],
    [{ search: 51 }, "searches"],
  ])("name the slowest measurement of %j", (slow, goal) => {
    const [first, ...others] = unmet([table(100_000, {}), table(200_000, slow)]);
    expect(first?.goal).toContain(goal);
    expect(first?.measured).toMatch(/ms: a \w+, 0\.2 million$/);
    expect(others).toEqual([]);
  });

  it("compare the largest table with that of a million", () => {
    const slower = unmet([table(100_000, { list: 0.1 }), table(1_000_000, {}), table(5_000_000, { list: 1.4 })]);
    expect(slower).toMatchObject([{ goal: "lists of 5 million ≤ 1.3 × those of 1 million" }]);
  });

  it("include the cached responses", () => {
    expect(unmet([table(100_000, {}, 16)])).toMatchObject([{ measured: "16.0 ms" }]);
  });
});
