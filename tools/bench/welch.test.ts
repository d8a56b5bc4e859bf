import { expect, it } from "vitest";
import { welch, withoutOutliers } from "./welch.ts";

it("is the published statistic of two samples", () => {
  // The data of the first example of https://en.wikipedia.org/wiki/Welch's_t-test.
  const one = [27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4];
  const other = [27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 30.5, 24.2];
  expect(welch(one, other)).toBeCloseTo(-2.8413, 4);
  expect(welch(one, other)).toBeCloseTo(-welch(other, one), 10);
});

it("omits the slowest tenth", () => {
  expect(withoutOutliers([5, 1, 2, 3, 4, 6, 7, 8, 1_000, 9])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
