import fc from "fast-check";
import { expect, it } from "vitest";
import { statistic } from "./statistic.ts";
import { merge, Values } from "./summary.ts";

function summaryOf(values: readonly number[]) {
  const all = new Values();
  for (const value of values) all.add(value);
  return all.summary();
}

it.each([
  ["Sum", 10],
  ["Average", 2.5],
  ["Minimum", 1],
  ["Maximum", 4],
  ["SampleCount", 4],
  ["p50", 2],
  ["p99", 4],
  ["PR(:2)", 50],
  ["PR(1:)", 75],
  ["PR(1:3)", 50],
])("computes %s", (name, expected) => {
  expect(statistic(name, summaryOf([4, 1, 3, 2]))).toBe(expected);
});

it("has none without values, and rejects an unknown one", () => {
  expect(statistic("Sum", undefined)).toBeUndefined();
  expect(() => statistic("tm99", summaryOf([1]))).toThrow("does not support the statistic tm99");
});

it("is exact but for percentiles, however many values there are and however they are grouped", () => {
  const groups = fc.array(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 100 }), {
    minLength: 1,
  });
  fc.assert(
    fc.property(groups, (values) => {
      const merged = merge(values.map(summaryOf));
      const all = values.flat();
      expect(statistic("SampleCount", merged)).toBe(all.length);
      expect(statistic("Sum", merged)).toBe(all.reduce((sum, value) => sum + value, 0));
      expect(statistic("Minimum", merged)).toBe(Math.min(...all));
      expect(statistic("Maximum", merged)).toBe(Math.max(...all));
      const median = statistic("p50", merged) ?? Number.NaN;
      expect(all).toContain(median);
    }),
  );
});
