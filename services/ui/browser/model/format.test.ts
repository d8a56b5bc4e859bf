import { expect, it } from "vitest";
import { countOf, formatSeconds, formatSize } from "./format.ts";

it.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [1000, "1 kB"],
  [1550, "1.6 kB"],
  [999_999, "1 MB"],
  [123_456_789, "123 MB"],
  [5e12, "5 TB"],
  [5e15, "5,000 TB"],
])("formats %i bytes as %s", (bytes, text) => {
  expect(formatSize(bytes, "en")).toBe(text);
});

it("counts with the plural", () => {
  expect([countOf(0, "file"), countOf(1, "file"), countOf(1234, "file")]).toEqual(["0 files", "1 file", "1,234 files"]);
});

it.each([
  [0, "1 second"],
  [45, "45 seconds"],
  [300, "5 minutes"],
])("formats %i seconds as %s", (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});
