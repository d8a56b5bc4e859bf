import { expect, it } from "vitest";
import { matchElements } from "./match-elements.ts";
import { documentValue, type Value } from "./value.ts";

const values = (raw: readonly unknown[]): Value[] => raw.map(documentValue);
const match = (before: readonly unknown[], after: readonly unknown[]) => matchElements(values(before), values(after));

it("matches blocks with the same name, whatever else differs", () => {
  const before = [
    { Sid: "Read", a: 1, b: 1 },
    { Sid: "Write", a: 2, b: 2 },
  ];
  expect(match(before, [{ Sid: "Write", a: 9, b: 9 }])).toEqual([
    [0, undefined],
    [1, 0],
  ]);
});

it("does not match blocks with different names, even if all else is equal", () => {
  expect(match([{ name: "a", x: 1, y: 2 }], [{ name: "b", x: 1, y: 2 }])).toEqual([
    [0, undefined],
    [undefined, 0],
  ]);
});

it("matches blocks without names when at least half of their arguments are equal", () => {
  const before = [
    { from: 1, to: 1, cidr: "a" },
    { from: 2, to: 2, cidr: "a" },
  ];
  expect(match(before, [{ from: 2, to: 2, cidr: "b" }])).toEqual([
    [0, undefined],
    [1, 0],
  ]);
});

it("matches a single block with a single block", () => {
  expect(match([{ days: 1 }], [{ days: 2 }])).toEqual([[0, 0]]);
});

it("does not match texts and numbers that differ", () => {
  expect(match(["a", 1], ["b", 1])).toEqual([
    [0, undefined],
    [undefined, 0],
    [1, 1],
  ]);
});
