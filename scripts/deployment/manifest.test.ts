import { expect, it } from "vitest";
import { type Stack, withDependencies } from "./manifest.ts";

const stack = (name: string, ...dependencies: string[]): Stack => ({ name, directory: name, dependencies });
const STACKS = [
  stack("frontend", "postgres"),
  stack("postgres", "vpc", "secrets"),
  stack("vpc"),
  stack("secrets"),
  stack("route53"),
];

it("chooses stacks with all that they depend on, in the order of the manifest", () => {
  const chosen = (...names: string[]) => withDependencies(STACKS, names).map(({ name }) => name);
  expect(chosen("frontend")).toEqual(["frontend", "postgres", "vpc", "secrets"]);
  expect(chosen("route53", "vpc")).toEqual(["vpc", "route53"]);
  expect(chosen()).toHaveLength(STACKS.length);
  expect(() => chosen("front")).toThrow('there is no stack "front"');
});
