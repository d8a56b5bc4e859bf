import { expect, it } from "vitest";
import { refuseStacksLeftBehind, StacksLeftBehindError } from "./orphaned-stacks.ts";

const states = (exists: boolean, ...stacks: string[]) => ({
  exists: async () => exists,
  orphanedStacks: async () => stacks.map((stack) => ({ stack, resources: 1 })),
});

it("refuses to take the bucket of states that somebody still needs", async () => {
  const refused = refuseStacksLeftBehind(states(true, "shout", "sum"), "dev");
  await expect(refused).rejects.toThrow(StacksLeftBehindError);
  await expect(refused).rejects.toThrow(/^shout, sum would stay.*NV_DEMO_PARTS=all npm run destroy -- dev$/);
});

it("lets go when nothing was left behind, or nothing was ever deployed", async () => {
  await expect(refuseStacksLeftBehind(states(true), "dev")).resolves.toBeUndefined();
  await expect(refuseStacksLeftBehind(states(false, "shout"), "dev")).resolves.toBeUndefined();
});
