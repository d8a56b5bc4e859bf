import fc from "fast-check";
import { expect, it } from "vitest";
import { isMet } from "./conditions.ts";
import type { ListenerRequest } from "./listener-request.ts";

const request = (path: string) =>
  ({ path, query: "", host: "", method: "GET", headers: [] }) as unknown as ListenerRequest;
const matches = (pattern: string, path: string) => isMet({ field: "path-pattern", values: [pattern] }, request(path));

/** Characters with a special meaning in a pattern or in a regular expression, and ordinary ones. */
const text = fc.string({ unit: fc.constantFrom(..."/ab.+()[]{}^$|*?\\\n-é") });
const escaped = (literal: string) => literal.replace(/[*?\\]/g, "\\$&");

it("matches escaped text literally", () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(matches(escaped(one), other)).toBe(one === other);
    }),
  );
});

it("matches any characters with an asterisk, and exactly one with a question mark", () => {
  fc.assert(
    fc.property(text, text, text, (before, between, after) => {
      expect(matches(`${escaped(before)}*${escaped(after)}`, before + between + after)).toBe(true);
      const one = matches(`${escaped(before)}?${escaped(after)}`, before + between + after);
      if (between.length === 1) expect(one).toBe(true);
      expect(matches(escaped(before) + "?".repeat(between.length), before + between)).toBe(true);
    }),
  );
});

it.each([
  ["/img/*", "/img/", true],
  ["/img/*", "/img", false],
  ["/img/*/pics", "/img/a/b/pics", true],
  ["/IMG", "/img", false],
])("matches the pattern %s with the path %s: %j", (pattern, path, expected) => {
  expect(matches(pattern, path)).toBe(expected);
});
