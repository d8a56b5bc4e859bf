import { expect, it } from "vitest";
import { matchesStrongly, matchesWeakly } from "./entity-tags.ts";

it.each([
  ['"a"', true, true],
  ['W/"a"', false, true],
  ['"b", "a"', true, true],
  ['"b",W/"a"', false, true],
  [" * ", true, true],
  ['"b"', false, false],
  ["a", false, false],
  ["", false, false],
])('compares the list %s with "a"', (list, strongly, weakly) => {
  expect([matchesStrongly(list, '"a"'), matchesWeakly(list, '"a"')]).toEqual([strongly, weakly]);
});

it("accepts tags that contain a comma", () => {
  expect(matchesWeakly('"b", W/"a,c"', '"a,c"')).toBe(true);
  expect(matchesWeakly('"a,c"', '"c"')).toBe(false);
});
