import { expect, it } from "vitest";
import { checkMillions, rowsOf } from "./table-sizes.ts";

it("reads millions of files", () => {
  expect(rowsOf("0.1,1, 20")).toEqual([100_000, 1_000_000, 20_000_000]);
});

it.each(["", "x", "1,", "1;2", "0", "-1", "101", "1e9"])("rejects %j", (text) => {
  expect(checkMillions(text)).toContain("separated by commas");
});

it.each(["1", "0.001", "1,5,20"])("accepts %j", (text) => expect(checkMillions(text)).toBeUndefined());
