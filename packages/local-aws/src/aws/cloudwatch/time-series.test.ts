import fc from "fast-check";
import { expect, it } from "vitest";
import { statistic } from "./statistic.ts";
import { TimeSeries } from "./time-series.ts";

const SECOND = 1_000;
const MINUTE = 60_000;
const START = 1_800_000_000_000;

it("has the values after the first and up to the second time", () => {
  const series = new TimeSeries();
  for (let second = 0; second < 5; second += 1) series.add(second, START + second * SECOND);
  expect(statistic("Sum", series.between(START, START + 3 * SECOND))).toBe(1 + 2 + 3);
  expect(series.between(START + 4 * SECOND, START + MINUTE)).toBeUndefined();
});

it("keeps values of any pattern for three hours, in periods of ten seconds", () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 400 });
  fc.assert(
    fc.property(gaps, (seconds) => {
      const series = new TimeSeries();
      const added: { at: number; value: number }[] = [];
      let now = START;
      for (const [index, gap] of seconds.entries()) {
        now += gap * SECOND;
        series.add(index, now);
        added.push({ at: now, value: index });
      }
      const first = now - (now % (10 * SECOND)) - 170 * MINUTE;
      for (let from = first; from <= now; from += 10 * SECOND) {
        const to = from + 10 * SECOND;
        const values = added.filter(({ at }) => at >= from && at < to).map(({ value }) => value);
        const summary = series.between(from - 1, to - 1);
        expect(statistic("SampleCount", summary) ?? 0).toBe(values.length);
        if (values.length === 0) continue;
        expect(statistic("Sum", summary)).toBe(values.reduce((total, value) => total + value, 0));
        expect(statistic("Maximum", summary)).toBe(Math.max(...values));
        expect(values).toContain(statistic("p50", summary));
      }
    }),
    { numRuns: 20 },
  );
});

it("forgets values after three hours", () => {
  const series = new TimeSeries();
  series.add(1, START);
  series.add(2, START + 181 * MINUTE);
  expect(statistic("SampleCount", series.between(0, START + 200 * MINUTE))).toBe(1);
});

it("estimates percentiles of many old values", () => {
  const series = new TimeSeries();
  for (let value = 1; value <= 200; value += 1) series.add(value, START + value * 50);
  series.add(0, START + 20 * MINUTE);
  const old = series.between(START - 1, START + 10 * SECOND - 1);
  expect(statistic("SampleCount", old)).toBe(199);
  expect(old?.samples.length).toBeLessThanOrEqual(20);
  expect(statistic("p50", old)).toBeGreaterThan(80);
  expect(statistic("p50", old)).toBeLessThan(120);
});
