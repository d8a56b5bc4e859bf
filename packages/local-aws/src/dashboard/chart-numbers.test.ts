import { describe, expect, it } from "vitest";
import { axisEnd, formatNumber, formatQuantity, isolated, summarize } from "./browser/charts/numbers.ts";

it.each([
  [0, "0"],
  [0.001234, "0.00123"],
  [12.345, "12.3"],
  [1234.5, "1,235"],
  [1_234_567, "1.23M"],
])("formats %d as %s", (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

it("formats quantities with their unit, unless it is a word", () => {
  expect(formatQuantity(12.34, "ms")).toBe("12.3 ms");
  expect(formatQuantity(40, "%")).toBe("40%");
  expect(formatQuantity(3, "requests")).toBe("3");
  expect(formatQuantity(3, "")).toBe("3");
  expect(formatQuantity(null, "ms")).toBe("no data");
});

it("summarizes the values that exist", () => {
  expect(summarize([null, 2, 5, 3, null])).toEqual({ latest: 3, minimum: 2, maximum: 5 });
  expect(summarize([null])).toEqual({ latest: undefined, minimum: undefined, maximum: undefined });
});

describe("the end of the vertical axis", () => {
  it("is above the values and near thresholds", () => {
    expect(axisEnd([10], [20], undefined)).toBeCloseTo(22);
  });
  it("ignores a threshold that would flatten the lines", () => {
    expect(axisEnd([10], [3000], undefined)).toBeCloseTo(11);
  });
  it("is the threshold when all values are zero", () => {
    expect(axisEnd([0, null], [5], undefined)).toBeCloseTo(5.5);
  });
  it("is the configured one, or the highest value above it", () => {
    expect(axisEnd([10], [], 100)).toBe(100);
    expect(axisEnd([130], [], 100)).toBe(130);
  });
  it("is one without any value", () => {
    expect(axisEnd([], [], undefined)).toBe(1);
  });
});

it("finds values without a neighbor", () => {
  expect(isolated([1, null, 2, 3, null, 4])).toEqual([0, 5]);
});
