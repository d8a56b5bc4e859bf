import type { Stack } from "../synth/manifest.ts";
import { Slots } from "./slots.ts";

export type Outcome = "done" | "failed" | "skipped";

/**
 * Runs `work` for every stack, each as soon as all it waits for is done, independent ones side by side, at most `parallelism` at a time. When one
 * fails, what depends on it is skipped and everything else goes on: no Terraform is ever cut off while it holds a lock.
 *
 * @param direction `backward` for destroying: a stack waits for those that depend on it.
 * @param work resolves to whether the stack succeeded.
 */
export async function schedule(
  stacks: readonly Stack[],
  direction: "forward" | "backward",
  parallelism: number,
  work: (stack: Stack) => Promise<boolean>,
  skipped: (stack: Stack, because: string) => void = () => {},
): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Promise<Outcome>>();
  const slots = new Slots(parallelism);
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));

  const run = (stack: Stack): Promise<Outcome> => {
    const known = outcomes.get(stack.name);
    if (known) return known;
    const outcome = (async (): Promise<Outcome> => {
      const awaited = waitsFor(stack, stacks, direction).flatMap((name) => byName.get(name) ?? []);
      const results = await Promise.all(awaited.map(run));
      const failed = awaited.find((_, index) => results[index] !== "done");
      if (failed) {
        skipped(stack, failed.name);
        return "skipped";
      }
      return (await slots.use(() => work(stack))) ? "done" : "failed";
    })();
    outcomes.set(stack.name, outcome);
    return outcome;
  };

  const names = stacks.map(({ name }) => name);
  const results = await Promise.all(stacks.map(run));
  return new Map(names.map((name, index) => [name, results[index] ?? "failed"]));
}

function waitsFor(stack: Stack, stacks: readonly Stack[], direction: "forward" | "backward"): readonly string[] {
  if (direction === "forward") return stack.dependencies;
  return stacks.filter(({ dependencies }) => dependencies.includes(stack.name)).map(({ name }) => name);
}
