import { expect, it } from "vitest";
import { align } from "./align.ts";

/** `a` is equal, `-a` removed, `+a` added. */
const aligned = (before: string, after: string) =>
  align([...before], [...after]).map(([i, j]) => {
    if (j === undefined) return `-${before[i ?? 0]}`;
    return i === undefined ? `+${after[j]}` : after[j];
  });

it("keeps the longest common subsequence", () => {
  expect(aligned("abcd", "abcd").join(" ")).toBe("a b c d");
  expect(aligned("abcd", "axcd").join(" ")).toBe("a -b +x c d");
  expect(aligned("", "ab").join(" ")).toBe("+a +b");
  expect(aligned("ab", "").join(" ")).toBe("-a -b");
  expect(aligned("aab", "ab").join(" ")).toBe("a -a b");
  expect(aligned("xabcy", "zabcw").join(" ")).toBe("-x +z a b c -y +w");
});

it("never aligns elements that are not known", () => {
  expect(align([undefined, "a"], [undefined, "a"])).toEqual([
    [0, undefined],
    [undefined, 0],
    [1, 1],
  ]);
});

it("removes and adds all of sequences that are too long to compare", () => {
  const numbers = (offset: number) => Array.from({ length: 2_001 }, (_, index) => String(2 * index + offset));
  const all = align(numbers(0), numbers(1));
  expect(all).toHaveLength(4_002);
  expect(all[0]).toEqual([0, undefined]);
  expect(all.at(-1)).toEqual([undefined, 2_000]);
});
