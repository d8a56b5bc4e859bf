import { describe, expect, it } from "vitest";
import { globExpression } from "./glob.ts";

describe("globExpression", () => {
  it.each<[pattern: string, text: string, matches: boolean]>([
    ["a*c", "abbc", true],
    ["a*c", "ac", true],
    ["a*c", "abcd", false],
    ["*", "two\nlines", true],
    ["a?c", "abc", true],
    ["a?c", "ac", false],
    ["a.c", "abc", false],
    ["(a|b)[c]{1}+^$", "(a|b)[c]{1}+^$", true],
    ["a\\?", "a\\b", true],
    ["", "", true],
    ["", "a", false],
  ])("matches %j with %j: %s", (pattern, text, matches) => {
    expect(globExpression(pattern).test(text)).toBe(matches);
  });

  it("matches a question mark literally when only * is a wildcard", () => {
    expect(globExpression("in/?.*", "*").test("in/?.png")).toBe(true);
    expect(globExpression("in/?.*", "*").test("in/a.png")).toBe(false);
  });
});
