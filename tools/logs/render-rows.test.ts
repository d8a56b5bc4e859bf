import { expect, it } from "vitest";
import type { QueryRows } from "./athena.ts";
import { renderRows } from "./render-rows.ts";

const result: QueryRows = {
  columns: [
    { name: "route", type: "varchar" },
    { name: "n", type: "bigint" },
    { name: "usd", type: "double" },
  ],
  rows: [
    ["GET /a", "7", "0.5"],
    ['say "hi", twice\nplease', "90071992547409931", null],
    ["=1+1", "-3", ""],
  ],
  scannedBytes: 1,
};

it("renders a table with numbers aligned right, one line per row", () => {
  expect(renderRows(result, "table").split("\n")).toEqual([
    "route                                   n  usd",
    "GET /a                                  7  0.5",
    'say "hi", twice please  90071992547409931    -',
    "=1+1                                   -3",
  ]);
  const long = { ...result, rows: [["x".repeat(100), "1", "1"]] };
  expect(renderRows(long, "table")).toContain(`${"x".repeat(59)}…`);
});

it("renders JSON with numbers, except those that would lose digits", () => {
  expect(JSON.parse(renderRows(result, "json"))).toEqual([
    { route: "GET /a", n: 7, usd: 0.5 },
    { route: 'say "hi", twice\nplease', n: "90071992547409931", usd: null },
    { route: "=1+1", n: -3, usd: "" },
  ]);
});

it("renders CSV in which no cell is a formula", () => {
  expect(renderRows(result, "csv")).toBe(
    ["route,n,usd", "GET /a,7,0.5", '"say ""hi"", twice\nplease",90071992547409931,', `'=1+1,-3,""`].join("\r\n"),
  );
});
