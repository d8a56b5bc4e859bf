import fc from "fast-check";
import { expect, it } from "vitest";
import { holds } from "./conditions.ts";
import type { ListenerRequest } from "./listener-request.ts";

const request = (path: string) =>
  ({ path, query: "", host: "", method: "GET", headers: [] }) as unknown as ListenerRequest;
const matches = (pattern: string, path: string) => holds({ field: "path-pattern", values: [pattern] }, request(path));

/** Everything that means something in a pattern or in a regular expression, and some that does not. */
const text = fc.string({ unit: fc.constantFrom(..."/ab.+()[]{}^$|*?\\\n-é") });
const quoted = (literal: string) => literal.replace(/[*?\\]/g, "\\$&");

it("takes a text literally, whatever it is made of", () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(matches(quoted(one), other)).toBe(one === other);
    }),
  );
});

it("takes a star for any characters, and a question mark for one", () => {
  fc.assert(
    fc.property(text, text, text, (before, between, after) => {
      expect(matches(`${quoted(before)}*${quoted(after)}`, before + between + after)).toBe(true);
      const one = matches(`${quoted(before)}?${quoted(after)}`, before + between + after);
      if (between.length === 1) expect(one).toBe(true);
      expect(matches(quoted(before) + "?".repeat(between.length), before + between)).toBe(true);
    }),
  );
});

it.each([
  ["/img/*", "/img/", true],
  ["/img/*", "/img", false],
  ["/img/*/pics", "/img/a/b/pics", true],
  ["/IMG", "/img", false],
])("%s for %s: %j", (pattern, path, expected) => {
  expect(matches(pattern, path)).toBe(expected);
});
