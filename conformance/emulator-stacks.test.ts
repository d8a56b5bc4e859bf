import { expect, it } from "vitest";
import { UsageError } from "../tools/command-line/errors.ts";
import { selectStacks } from "./emulator-stacks.ts";

const stack = (name: string, ...dependencies: string[]) => ({ name, directory: `/out/${name}`, dependencies });
const STACKS = [stack("vpc"), stack("postgres", "vpc"), stack("hello")];

it("selects the named stacks with their dependencies, and all stacks without names", () => {
  expect(selectStacks(STACKS, ["postgres"]).map(({ name }) => name)).toEqual(["vpc", "postgres"]);
  expect(selectStacks(STACKS, [])).toEqual(STACKS);
});

it("rejects an unknown name and suggests a known one", () => {
  expect(() => selectStacks(STACKS, ["vpc", "postgress"])).toThrow(
    new UsageError('There is no stack "postgress". Did you mean "postgres"?'),
  );
});
