import { expect, it } from "vitest";
import { OrphanedStacksError, refuseOrphanedStacks } from "./orphaned-stacks.ts";

const states = (exists: boolean, ...stacks: string[]) => ({
  exists: async () => exists,
  orphanedStacks: async () => stacks.map((stack) => ({ stack, resources: 1 })),
});

it("refuses to destroy the state bucket while it has states of stacks that the environment does not have", async () => {
  const refused = refuseOrphanedStacks(states(true, "shout", "sum"), "dev");
  await expect(refused).rejects.toThrow(OrphanedStacksError);
  await expect(refused).rejects.toThrow(
    /^Refusing to destroy the states of shout, sum.*NV_DEMO_PARTS=all npm run destroy -- dev$/,
  );
});

it("accepts an environment without orphaned stacks, or without a state bucket", async () => {
  await expect(refuseOrphanedStacks(states(true), "dev")).resolves.toBeUndefined();
  await expect(refuseOrphanedStacks(states(false, "shout"), "dev")).resolves.toBeUndefined();
});
