import { expect, it } from "vitest";
import { partsOf } from "./parts.ts";

it("divides a file into parts of 16 MiB", () => {
  expect(partsOf(40 * 1024 ** 2)).toEqual([
    { number: 1, start: 0, end: 16_777_216 },
    { number: 2, start: 16_777_216, end: 33_554_432 },
    { number: 3, start: 33_554_432, end: 41_943_040 },
  ]);
});

it("has at most 10,000 parts of whole mebibytes, up to 5 TiB", () => {
  const parts = partsOf(5 * 1024 ** 4);
  expect(parts.length).toBeLessThanOrEqual(10_000);
  expect(parts[0]?.end).toBe(525 * 1024 ** 2);
  expect(parts.at(-1)?.end).toBe(5 * 1024 ** 4);
});
