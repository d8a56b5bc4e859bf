import { expect, it } from "vitest";
import { extend, noSelection, retain, rowAfter, toggle } from "./selection.ts";

const rows = ["a", "b", "c", "d"];

it("adds and removes a row", () => {
  const one = toggle(noSelection, "b", 1);
  expect(one).toEqual({ keys: new Set(["b"]), active: 1 });
  expect(toggle(one, "b", 1).keys.size).toBe(0);
});

it("extends to another row in both directions", () => {
  const selection = { keys: new Set(["d"]), active: 2 };
  expect(extend(selection, rows, 0)).toEqual({ keys: new Set(["d", "a", "b", "c"]), active: 0 });
  expect([...extend(noSelection, rows, 1).keys]).toEqual(["a", "b"]);
});

it("keeps what is still in the list", () => {
  expect(retain({ keys: new Set(["a", "x"]), active: 9 }, rows)).toEqual({ keys: new Set(["a"]), active: 3 });
  expect(retain(noSelection, []).active).toBe(0);
});

it.each([
  ["ArrowDown", 0, 1],
  ["ArrowDown", 3, 3],
  ["ArrowUp", 0, 0],
  ["PageDown", 1, 3],
  ["PageUp", 3, 1],
  ["Home", 2, 0],
  ["End", 0, 3],
  ["x", 1, undefined],
])("%s moves from row %i to %s", (key, from, to) => {
  expect(rowAfter(key, from, rows.length, 2)).toBe(to);
});
