import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CtyType, decode, encode, equal, fromJson } from "./cty.ts";
import { UNKNOWN } from "./unknown.ts";

/** A type with a generator of its values, which include unknown and null when `open` is set. */
interface Typed {
  readonly type: CtyType;
  readonly value: fc.Arbitrary<unknown>;
}

const text = fc.string({ unit: "grapheme" });
/** Terraform has no negative zero; it is encoded as 0. */
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })).map((value) => value + 0);

function typed(depth: number, open: boolean): fc.Arbitrary<Typed> {
  const maybe = (value: fc.Arbitrary<unknown>) =>
    open ? fc.oneof({ weight: 6, arbitrary: value }, fc.constant(null), fc.constant(UNKNOWN)) : value;
  const leaf: fc.Arbitrary<Typed> = fc.constantFrom<Typed>(
    { type: "string", value: maybe(text) },
    { type: "number", value: maybe(number) },
    { type: "bool", value: maybe(fc.boolean()) },
  );
  if (depth === 0) return leaf;
  const inner = typed(depth - 1, open);
  return fc.oneof(
    leaf,
    fc.tuple(fc.constantFrom("list", "set"), inner).map(
      ([kind, { type, value }]): Typed => ({
        type: [kind, type] as CtyType,
        value: maybe(fc.array(value, { maxLength: 4 })),
      }),
    ),
    inner.map(
      ({ type, value }): Typed => ({ type: ["map", type], value: maybe(fc.dictionary(text, value, { maxKeys: 4 })) }),
    ),
    fc.dictionary(fc.constantFrom("a", "b", "c"), inner).map(
      (members): Typed => ({
        type: ["object", Object.fromEntries(Object.entries(members).map(([name, member]) => [name, member.type]))],
        value: maybe(
          fc.record(Object.fromEntries(Object.entries(members).map(([name, member]) => [name, member.value]))),
        ),
      }),
    ),
  );
}

const pairs = (open: boolean) => typed(3, open).chain(({ type, value }) => value.map((sample) => ({ type, sample })));

describe("encode and decode", () => {
  it("round-trip all values, unknown and null included", () => {
    fc.assert(
      fc.property(pairs(true), ({ type, sample }) => {
        expect(decode(type, encode(type, sample))).toEqual(sample);
      }),
    );
  });

  it("keep values equal through JSON", () => {
    fc.assert(
      fc.property(pairs(false), ({ type, sample }) => {
        expect(equal(type, fromJson(type, JSON.parse(JSON.stringify(sample))), sample)).toBe(true);
      }),
    );
  });

  it("encode an absent value as no bytes", () => {
    expect(decode("string", undefined)).toBeNull();
    expect(decode("string", Buffer.alloc(0))).toBeNull();
  });
});

describe("equal", () => {
  it("compares sets without order, with multiplicity", () => {
    expect(equal(["set", "string"], ["a", "b"], ["b", "a"])).toBe(true);
    expect(equal(["set", "string"], ["a", "a"], ["a", "b"])).toBe(false);
    expect(equal(["list", "string"], ["a", "b"], ["b", "a"])).toBe(false);
  });

  it("compares numbers by value and absent with null", () => {
    expect(equal("number", "1", 1)).toBe(true);
    expect(equal(["object", { a: "string" }], {}, { a: null })).toBe(true);
    expect(equal("string", null, "")).toBe(false);
  });

  it("treats unknown as equal only to unknown", () => {
    expect(equal("string", UNKNOWN, "a")).toBe(false);
    expect(equal("string", UNKNOWN, UNKNOWN)).toBe(true);
  });
});

describe("fromJson", () => {
  it("drops members that the schema no longer has and sets new ones to null", () => {
    expect(fromJson(["object", { kept: "string", added: "number" }], { kept: "a", dropped: true })).toEqual({
      kept: "a",
      added: null,
    });
  });
});
