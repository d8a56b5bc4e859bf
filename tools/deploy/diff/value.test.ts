import { describe, expect, it } from "vitest";
import { ABSENT, documentValue, isSame, keyOf, parseDocument, planValue } from "./value.ts";

const NO_SECRETS = () => false;
const read = (raw: unknown, sensitive?: unknown, unknown?: unknown) =>
  planValue(raw, { sensitive, unknown }, NO_SECRETS);

describe("planValue", () => {
  it("does not distinguish null from empty lists and maps, and keeps empty texts, zero and false", () => {
    for (const raw of [null, undefined, [], {}]) expect(read(raw)).toEqual(ABSENT);
    for (const value of ["", 0, false]) expect(read(value)).toEqual({ kind: "scalar", value });
  });

  it("adds unknown values, which the plan omits, to maps and lists", () => {
    expect(read({ name: "a" }, {}, { arn: true })).toEqual({
      kind: "map",
      entries: new Map([
        ["arn", { kind: "unknown" }],
        ["name", { kind: "scalar", value: "a" }],
      ]),
    });
    expect(read([null, "b"], [], [true, false])).toMatchObject({ items: [{ kind: "unknown" }, { value: "b" }] });
    expect(read(undefined, false, true)).toEqual({ kind: "unknown" });
  });

  it("keeps only a digest of a sensitive value, wherever the mark is", () => {
    const whole = read({ user: "ada", password: "hunter2" }, true);
    const part = read({ user: "ada", password: "hunter2" }, { password: true });
    const element = read(["a", "hunter2"], [false, true]);
    for (const value of [whole, part, element]) {
      expect(JSON.stringify(value, (_key, inner) => (inner instanceof Map ? [...inner] : inner))).not.toMatch(
        "hunter2",
      );
    }
    expect(whole).toMatchObject({ kind: "sensitive", digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(element).toMatchObject({ items: [{ value: "a" }, { kind: "sensitive" }] });
    expect(read(null, true)).toEqual(ABSENT);
    expect(read(null, true, true)).toEqual({ kind: "sensitive", digest: undefined });
  });

  it("hides texts that are known to be sensitive although they are not marked", () => {
    const value = planValue({ copy: "the hunter2!" }, {}, (text) => text.includes("hunter2"));
    expect(value).toMatchObject({ entries: new Map([["copy", expect.objectContaining({ kind: "sensitive" })]]) });
  });
});

describe("isSame", () => {
  it("compares sensitive values without their text, and maps in any order", () => {
    expect(isSame(read("one", true), read("one", true))).toBe(true);
    expect(isSame(read("one", true), read("two", true))).toBe(false);
    expect(isSame(read({ a: 1, b: [2] }), read({ b: [2], a: 1 }))).toBe(true);
    expect(isSame(read([1, 2]), read([2, 1]))).toBe(false);
    expect(isSame(read("1"), read(1))).toBe(false);
  });

  it("is false for values that are not known", () => {
    const unknown = read({ a: 1 }, {}, { b: true });
    expect(keyOf(unknown)).toBeUndefined();
    expect(isSame(unknown, unknown)).toBe(false);
    expect(isSame(read(null, true, true), read(null, true, true))).toBe(false);
  });
});

describe("parseDocument", () => {
  it("reads JSON objects and arrays, in which null and empty values have a meaning", () => {
    expect(parseDocument(read('{"a":null,"b":[]}'))).toEqual(documentValue({ b: [], a: null }));
    expect(parseDocument(read(" [1]"))).toEqual(documentValue([1]));
    expect(isSame(documentValue({ a: null }), documentValue({}))).toBe(false);
  });

  it("returns undefined for other texts", () => {
    for (const text of ["12", '"text"', "{broken", "", "null"]) expect(parseDocument(read(text))).toBeUndefined();
    expect(parseDocument(read(12))).toBeUndefined();
  });
});
