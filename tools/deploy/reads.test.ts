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

it("returns the outputs that a synthesized stack reads of others in the environment", () => {
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

  it("accepts a stack whose outputs exist, or whose producers are deployed with it", async () => {
    await expect(require(["frontend"], ["subnets", "group"])).resolves.toBeUndefined();
    await expect(require(["frontend", "vpc"])).resolves.toBeUndefined();
    await expect(require(["vpc", "secrets"])).resolves.toBeUndefined();
  });

  it("names the stack to deploy first", async () => {
    const message = "frontend reads group, subnets of vpc. Deploy vpc first.";
    await expect(require(["frontend"])).rejects.toThrow(message);
    await expect(require(["frontend"], ["subnets"])).rejects.toThrow(message);
  });
});
