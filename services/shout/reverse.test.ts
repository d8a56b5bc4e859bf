import fc from "fast-check";
import { expect, it } from "vitest";
import { reverse } from "./reverse.ts";

it.each([
  ["hello", "olleh"],
  ["", ""],
  ["a👨‍👩‍👧‍👦b", "b👨‍👩‍👧‍👦a"],
  ["🇨🇭🇫🇷", "🇫🇷🇨🇭"],
  ["noe\u0308l", "le\u0308on"],
  ["👍🏽👎", "👎👍🏽"],
  ["नमस्ते", [..."नमस्ते".matchAll(/न|म|स्ते/g)].map(String).reverse().join("")],
  ["각\r\nb", "b\r\n각"],
  ["1️⃣2️⃣", "2️⃣1️⃣"],
])("reverses %j to %j", (text, expected) => {
  expect(reverse(text)).toBe(expected);
});

const graphemes = fc.array(
  fc.constantFrom(
    "a",
    "Z",
    "ß",
    "é",
    "e\u0301\u0323",
    "👨‍👩‍👧‍👦",
    "🏳️‍🌈",
    "👍🏿",
    "漢",
    "한",
    "नी",
    " ",
    "\n",
    "\u{1F600}",
  ),
);

it("reverses the order of grapheme clusters", () => {
  fc.assert(
    fc.property(graphemes, (characters) => {
      expect(reverse(characters.join(""))).toBe(characters.toReversed().join(""));
    }),
  );
});

it("keeps all characters of any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const reversed = reverse(text);
      expect([...reversed].toSorted()).toEqual([...text].toSorted());
      expect(reversed.isWellFormed()).toBe(true);
    }),
  );
});
