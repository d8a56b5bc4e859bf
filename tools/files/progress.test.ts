import { expect, it } from "vitest";
import { formatBytes } from "./progress.ts";

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_000, "1.0 KB"],
  [9_940, "9.9 KB"],
  [24_400_000, "24 MB"],
  [5_497_558_138_880, "5.5 TB"],
  [1e16, "10000 TB"],
])("formats %i as %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
