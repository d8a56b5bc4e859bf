import { describe, expect, it } from "vitest";
import { readsOf, requireReads } from "./reads.ts";
import type { State } from "./state/state-store.ts";
import { writeStacks } from "./testing/written-stacks.ts";

const stacks = () =>
  writeStacks(
    { name: "frontend", reads: { vpc: ["subnets", "group"], elsewhere: ["id"] } },
    { name: "vpc" },
    { name: "secrets" },
  );

it("reads out of a synthesized stack what it reads of others of the same environment", () => {
  const all = stacks();
  expect(all.map((stack) => readsOf(stack, all))).toEqual([[{ from: "vpc", outputs: ["group", "subnets"] }], [], []]);
});

describe("requireReads", () => {
  const require = (names: readonly string[], outputs?: readonly string[]) => {
    const all = stacks();
    const state = outputs && { outputs: Object.fromEntries(outputs.map((name) => [name, {}])) };
    const chosen = all.filter(({ name }) => names.includes(name));
    return requireReads(chosen, all, { read: async () => state as State | undefined });
  };

  it("lets a stack be deployed without those that it reads when they are there, or with them", async () => {
    await expect(require(["frontend"], ["subnets", "group"])).resolves.toBeUndefined();
    await expect(require(["frontend", "vpc"])).resolves.toBeUndefined();
    await expect(require(["vpc", "secrets"])).resolves.toBeUndefined();
  });

  it("names what is to be deployed first", async () => {
    const message = "frontend reads group, subnets of vpc: deploy that first.";
    await expect(require(["frontend"])).rejects.toThrow(message);
    await expect(require(["frontend"], ["subnets"])).rejects.toThrow(message);
  });
});
