import { expect, it } from "vitest";
import { inParallel } from "./in-parallel.ts";

it("does something for each item, for some at the same time", async () => {
  const done: string[] = [];
  let running = 0;
  let most = 0;
  await inParallel(["a", "b", "c", "d", "e"], 2, async (item) => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    done.push(item);
    running -= 1;
  });
  expect(done).toEqual(["a", "b", "c", "d", "e"]);
  expect(most).toBe(2);
});

it("begins with no other one after a failure", async () => {
  const begun: number[] = [];
  const failing = inParallel([1, 2, 3, 4], 2, async (item) => {
    begun.push(item);
    if (item === 1) throw new Error("No.");
    await new Promise((resolve) => setTimeout(resolve, 0));
  });
  await expect(failing).rejects.toThrow("No.");
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(begun).toEqual([1, 2]);
});
