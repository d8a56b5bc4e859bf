import { expect, it } from "vitest";
import { attributeNames, equalities } from "./expression-names.ts";

const NAMES = { "#n": "name", "#d": "a.b" };

it.each([
  [
    "SET #n = :n, passwordHash = :h REMOVE old[0].x, #d.y ADD visits :one DELETE tags :t",
    "name passwordHash old a.b visits tags",
  ],
  ["SET expiresAt = if_not_exists(expiresAt, :end), list = list_append(other, :l)", "expiresAt expiresAt list other"],
  ["attribute_exists(#n) AND NOT (contains(names, :n) OR size(names) > :one)", "name names names"],
  ["age BETWEEN :low AND :high and role IN (:a, :b)", "age role"],
  ["#n, address.street[2] , #unknown", "name address #unknown"],
  ["", ""],
])("finds the attributes of %s", (expression, expected) => {
  expect(attributeNames(expression, NAMES).join(" ")).toBe(expected);
});

it("finds the values of compared attributes in either order", () => {
  expect(equalities("#n = :n AND age >= :age AND begins_with(role, :r)", NAMES)).toEqual([["name", ":n"]]);
  expect(equalities(":n=id")).toEqual([["id", ":n"]]);
});
