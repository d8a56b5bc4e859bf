import { expect, it } from "vitest";
import { closestMatch, didYouMean } from "./closest-match.ts";

const CANDIDATES = ["local", "dev", "prod", "promote"];

it.each([
  ["dve", "dev"],
  ["de", "dev"],
  ["devv", "dev"],
  ["locl", "local"],
  ["pormote", "promote"],
])("finds the candidate for %s", (text, expected) => {
  expect(closestMatch(text, CANDIDATES)).toBe(expected);
});

it("returns undefined when no candidate is close", () => {
  expect(closestMatch("staging", CANDIDATES)).toBeUndefined();
  expect(closestMatch("", CANDIDATES)).toBeUndefined();
  expect(closestMatch("dev", [])).toBeUndefined();
});

it("formats a suggestion", () => {
  expect(didYouMean("dve", CANDIDATES)).toBe(' Did you mean "dev"?');
  expect(didYouMean("staging", CANDIDATES)).toBe("");
});
