import { expect, it } from "vitest";
import { parseHttpDate } from "./http-date.ts";

const seconds = Date.UTC(1994, 10, 6, 8, 49, 37) / 1_000;

it.each(["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"])(
  "reads %s",
  (text) => expect(parseHttpDate(text, Date.UTC(2026, 0))).toBe(seconds),
);

it("reads a year of two digits as one at most 50 years ahead", () => {
  const yearOf = (year: string) =>
    new Date(parseHttpDate(`Sunday, 06-Nov-${year} 08:49:37 GMT`, Date.UTC(2026, 0)) * 1_000).getUTCFullYear();
  expect(["26", "76", "77"].map(yearOf)).toEqual([2026, 2076, 1977]);
});

it.each([
  "1994-11-06T08:49:37Z",
  "Sun, 06 Nov 1994 08:49:37 +0000",
  "Sun, 06 Nov 1994 24:00:00 GMT",
  "Wed, 31 Feb 1994 08:49:37 GMT",
  "after 2099",
  "",
])("does not read %j", (text) => expect(parseHttpDate(text)).toBeNaN());
