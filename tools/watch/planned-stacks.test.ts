import { writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { writeStacks } from "../deploy/testing/written-stacks.ts";
import { configurationFile } from "../synth/configuration.ts";
import type { Stack } from "../synth/manifest.ts";
import { PlannedStacks, withReaders } from "./planned-stacks.ts";

const names = (stacks: readonly Stack[]) => stacks.map(({ name }) => name);

it("finds stacks that are new, changed or removed, and reports a removed one once", () => {
  const [vpc, users, shout] = writeStacks({ name: "vpc" }, { name: "users" }, { name: "shout" }) as [
    Stack,
    Stack,
    Stack,
  ];
  const planned = new PlannedStacks([vpc, users]);
  expect(planned.compare([vpc, users])).toEqual({ changed: [], removed: [] });
  writeFileSync(configurationFile(vpc), "{}");
  expect(planned.compare([vpc, shout])).toEqual({ changed: [vpc, shout], removed: ["users"] });
  planned.record(vpc);
  planned.record(shout);
  expect(planned.compare([vpc, shout])).toEqual({ changed: [], removed: [] });
});

it("plans a forgotten stack again until it is recorded", () => {
  const stacks = writeStacks({ name: "vpc" });
  const planned = new PlannedStacks(stacks);
  planned.forget("vpc");
  expect(names(planned.compare(stacks).changed)).toEqual(["vpc"]);
  expect(names(planned.compare(stacks).changed)).toEqual(["vpc"]);
  for (const stack of stacks) planned.record(stack);
  expect(planned.compare(stacks).changed).toEqual([]);
});

it("adds the stacks that read outputs, directly or not, in the order of all stacks", () => {
  const stacks: Stack[] = [
    { name: "sum", directory: "", dependencies: ["postgres"] },
    { name: "vpc", directory: "", dependencies: [] },
    { name: "postgres", directory: "", dependencies: ["vpc"] },
    { name: "hello", directory: "", dependencies: [] },
  ];
  expect(names(withReaders(stacks, stacks.slice(1, 2)))).toEqual(["sum", "vpc", "postgres"]);
  expect(names(withReaders(stacks, stacks.slice(0, 1)))).toEqual(["sum"]);
  expect(withReaders(stacks, [])).toEqual([]);
});
