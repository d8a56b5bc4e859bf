import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeEventKey, InvalidEventKeyError } from "./event-key.ts";

/** Encodes a key like S3 does in an event. */
const encodeLikeS3 = (key: string): string => encodeURIComponent(key).replaceAll("%20", "+").replaceAll("%2F", "/");

it.each([
  ["a+b", "a b"],
  ["a%2Bb", "a+b"],
  ["a%252Bb", "a%2Bb"],
  ["caf%C3%A9/%F0%9F%8E%89", "café/🎉"],
])("decodes %s to %s", (encoded, key) => {
  expect(decodeEventKey(encoded)).toBe(key);
});

it.each(["%", "%zz", "%ff", "a%C3"])("rejects %s", (encoded) => {
  expect(() => decodeEventKey(encoded)).toThrow(InvalidEventKeyError);
});

it("restores every key and distinguishes NFC from NFD", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (key) => {
      expect(decodeEventKey(encodeLikeS3(key))).toBe(key);
    }),
    { numRuns: 20_000 },
  );
  expect(decodeEventKey(encodeLikeS3("é"))).not.toBe(decodeEventKey(encodeLikeS3("e\u0301")));
});
