import { describe, expect, it } from "vitest";
import { escapeLine, quote, quoteShortened, shorten, shortenVersions } from "./shorten.ts";

describe("shorten", () => {
  it("omits the middle of long texts, and counts characters rather than code units", () => {
    expect(shorten("abcdefghij", 10)).toBe("abcdefghij");
    expect(shorten("abcdefghijk", 10)).toBe("abcdef…ijk");
    expect(shorten("😀".repeat(12), 10)).toBe(`${"😀".repeat(6)}…${"😀".repeat(3)}`);
  });

  it("keeps the length when characters are escaped", () => {
    expect(quoteShortened("\n".repeat(40), 20).length).toBeLessThanOrEqual(22);
    expect(quoteShortened("short", 20)).toBe('"short"');
  });
});

describe("shortenVersions", () => {
  it("keeps the difference visible", () => {
    const [before, after] = shortenVersions(
      `${"x".repeat(50)}one${"y".repeat(50)}`,
      `${"x".repeat(50)}two${"y".repeat(50)}`,
      20,
    );
    expect(before).toBe("…xxxxxxxxoneyyyyyyy…");
    expect(after).toBe("…xxxxxxxxtwoyyyyyyy…");
  });

  it("shortens as usual where that shows the difference", () => {
    expect(shortenVersions("a".repeat(30), "b".repeat(30), 10)).toEqual(["aaaaaa…aaa", "bbbbbb…bbb"]);
    expect(shortenVersions("a", "b", 10)).toEqual(["a", "b"]);
  });

  it("shows the end of a text of which the other is the beginning", () => {
    const [before, after] = shortenVersions("x".repeat(40), "x".repeat(41), 20);
    expect(before).not.toBe(after);
  });
});

it("escapes what a terminal would interpret", () => {
  expect(quote('a"\u001b[31m\u009b\u202e')).toBe('"a\\"\\u001b[31m\\u009b\\u202e"');
  expect(escapeLine('say "hi" \\ \u001b[2J')).toBe('say "hi" \\ \\u001b[2J');
});
