import { expect, it } from "vitest";
import { duration, plural, truncate, widthOf } from "./text.ts";

it("truncates to columns, without counting or cutting colors", () => {
  expect(truncate("abcdef", 6)).toBe("abcdef");
  expect(truncate("abcdefg", 6)).toBe("abcde…");
  expect(truncate("\u001b[31mabcdefg\u001b[39m", 6)).toBe("\u001b[31mabcde…\u001b[39m");
  expect(widthOf(truncate("\u001b[31mab\u001b[39m cdefghi", 5))).toBe(5);
  expect(truncate("abc", 0)).toBe("");
});

it("writes durations with the precision that matters", () => {
  expect([0, 449, 9_949, 9_999, 38_400, 59_700, 125_000].map(duration)).toEqual([
    "0.0 s",
    "0.4 s",
    "9.9 s",
    "10.0 s",
    "38 s",
    "1 min 0 s",
    "2 min 5 s",
  ]);
});

it("writes the plural of other numbers than one", () => {
  expect([0, 1, 17].map((count) => plural(count, "stack"))).toEqual(["0 stacks", "1 stack", "17 stacks"]);
});
