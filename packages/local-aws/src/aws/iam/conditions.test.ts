import { expect, it } from "vitest";
import { meetsConditions } from "./conditions.ts";

it.each([
  ["StringEquals", ["a"], true],
  ["StringEquals", ["A"], false],
  ["StringEquals", [], false],
  ["StringEqualsIfExists", [], true],
  ["StringEqualsIfExists", ["c"], false],
  ["StringEqualsIgnoreCase", ["A"], true],
  ["StringNotEquals", ["a"], false],
  ["StringNotEquals", ["c"], true],
  ["StringNotEquals", [], true],
  ["StringLike", ["xyz"], true],
  ["StringLike", ["yxz"], false],
  ["StringNotLike", ["xyz"], false],
  ["ForAllValues:StringEquals", ["a", "b"], true],
  ["ForAllValues:StringEquals", ["a", "c"], false],
  ["ForAllValues:StringEquals", [], true],
  ["ForAllValues:StringLike", ["a", "xyz"], true],
  ["ForAllValues:StringNotEquals", ["c", "d"], true],
  ["ForAllValues:StringNotEquals", ["a", "d"], false],
  ["ForAnyValue:StringEquals", ["c", "b"], true],
  ["ForAnyValue:StringEquals", ["c"], false],
  ["ForAnyValue:StringEquals", [], false],
  ["ForAnyValue:StringNotEquals", ["a", "c"], true],
  ["ForAnyValue:StringLike", ["c", "xyz"], true],
  ["DateGreaterThan", ["a"], undefined],
] as const)("evaluates %s with %j in the request", (operator, actual, expected) => {
  expect(meetsConditions({ [operator]: { key: ["a", "b", "x*"] } }, { key: actual })).toBe(expected);
});

it("evaluates Null, with strings and booleans", () => {
  expect(meetsConditions({ Null: { key: "true" } }, { key: [] })).toBe(true);
  expect(meetsConditions({ Null: { key: true } }, { key: ["a"] })).toBe(false);
  expect(meetsConditions({ Null: { key: false } }, { key: ["a"] })).toBe(true);
});

it("requires all conditions, and does not decide on keys and values that it does not know", () => {
  const context = { one: ["a"], two: ["b"] };
  expect(meetsConditions({ StringEquals: { one: "a", two: "b" }, StringLike: { two: "*" } }, context)).toBe(true);
  expect(meetsConditions({ StringEquals: { one: "a", two: "c" } }, context)).toBe(false);
  expect(meetsConditions({ StringEquals: { one: "a", three: "c" } }, context)).toBeUndefined();
  expect(meetsConditions({ StringEquals: { one: "b", three: "c" } }, context)).toBe(false);
  expect(meetsConditions({ StringEquals: { one: "${aws:userid}" } }, context)).toBeUndefined();
});
