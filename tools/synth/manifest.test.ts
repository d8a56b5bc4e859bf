import { expect, it } from "vitest";
import { chooseStacks, onlyStacks, type Stack, withDependencies } from "./manifest.ts";

const stack = (name: string, ...dependencies: string[]): Stack => ({ name, directory: name, dependencies });
const STACKS = [
  stack("frontend", "postgres"),
  stack("postgres", "vpc", "secrets"),
  stack("vpc"),
  stack("secrets"),
  stack("route53"),
];

it("returns stacks with all their dependencies, in the order of the manifest", () => {
  const chosen = (...names: string[]) => withDependencies(STACKS, names).map(({ name }) => name);
  expect(chosen("frontend")).toEqual(["frontend", "postgres", "vpc", "secrets"]);
  expect(chosen("route53", "vpc")).toEqual(["vpc", "route53"]);
  expect(chosen()).toHaveLength(STACKS.length);
  expect(() => chosen("front")).toThrow('There is no stack "front".');
});

it("omits stacks and keeps the dependencies between the others", () => {
  expect(onlyStacks(STACKS, ["vpc", "frontend", "route53"])).toEqual([
    stack("frontend", "vpc"),
    stack("vpc"),
    stack("route53"),
  ]);
  expect(onlyStacks(STACKS, [])).toEqual([]);
});

it("chooses all stacks without a name, and suggests a stack for a misspelled name", () => {
  expect(chooseStacks(STACKS, [])).toBe(STACKS);
  expect(chooseStacks(STACKS, ["route53"])).toEqual([stack("route53")]);
  expect(() => chooseStacks(STACKS, ["vcp"])).toThrow('There is no stack "vcp". Did you mean "vpc"?');
  expect(() => chooseStacks(STACKS, ["hello"])).toThrow("There are frontend, postgres, vpc, secrets, route53.");
});
