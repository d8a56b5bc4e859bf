import { expect, it } from "vitest";
import { visibleRows } from "./window.ts";

it.each([
  ["at the beginning", -200, { first: 0, end: 32 }],
  ["in the middle", 40_000, { first: 988, end: 1037 }],
  ["at the end", 399_000, { first: 9963, end: 10_000 }],
  ["far below", 900_000, { first: 10_000, end: 10_000 }],
])("renders the rows in the window and some around it %s", (_, offset, rows) => {
  expect(visibleRows(offset, 1000, 40, 10_000)).toEqual(rows);
});

it("renders nothing of an empty list", () => {
  expect(visibleRows(0, 1000, 40, 0)).toEqual({ first: 0, end: 0 });
});
