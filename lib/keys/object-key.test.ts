import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { basename, encodeKey, InvalidKeyError, parseObjectKey } from "./object-key.ts";

describe("parseObjectKey", () => {
  it.each([
    "example",
    "a/b/c.txt",
    "a//b",
    "folder/",
    "...",
    "a/..b/c..",
    ".hidden",
    "a b+c%2Bd",
    "%2e%2e/x",
    "a\\..\\b",
    "naïve/日本/🎉.png",
    "\u2028\u202Etxt.exe",
    "'\"<>&|;$`",
    "a".repeat(1024),
    "é".repeat(512),
  ])("accepts %j unchanged", (key) => {
    expect(parseObjectKey(key)).toBe(key);
  });

  it.each([
    "",
    "/a",
    "//",
    ".",
    "..",
    "../a",
    "a/..",
    "a/./b",
    "a/../b",
    "a\0b",
    "a\nb",
    "a\u007Fb",
    "a\u0085b",
    "\uD800",
    "a\uDC00b",
    "\uFFFE",
    "a".repeat(1025),
    `${"é".repeat(512)}a`,
  ])("rejects %j", (key) => {
    expect(() => parseObjectKey(key)).toThrow(InvalidKeyError);
  });

  it("returns any text unchanged or rejects it, and accepts no key that leaves its root", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.string({ unit: fc.constantFrom(".", "/", "a", "\\", "\0", "\uD800") }),
        ),
        (text) => {
          try {
            const key: string = parseObjectKey(text);
            expect(key).toBe(text);
            expect(new URL(`https://host/root/${encodeKey(key)}`).pathname.startsWith("/root/")).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(InvalidKeyError);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe("encodeKey", () => {
  it("can be decoded, keeps slashes, and needs no further escaping", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (key) => {
        const encoded = encodeKey(key);
        expect(decodeURIComponent(encoded)).toBe(key);
        expect(encoded).toMatch(/^[\w.~%/-]*$/);
      }),
    );
  });
});

it.each([
  ["a/b.txt", "b.txt"],
  ["b.txt", "b.txt"],
  ["a/", ""],
])("returns the basename of %s: %j", (key, name) => {
  expect(basename(key)).toBe(name);
});
