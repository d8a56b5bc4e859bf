import pLimit from "p-limit";
import type { Stack } from "../synth/manifest.ts";

export type Outcome = "done" | "failed" | "skipped";

/**
 * Runs `work` for every stack as soon as the stacks that it waits for are done: independent ones in parallel, at most
 * `parallelism` at a time. If one fails, the stacks that depend on it are skipped and all others continue, so that no
 * Terraform is interrupted while it holds a lock.
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
  const limit = pLimit(parallelism);
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
      return (await limit(() => work(stack))) ? "done" : "failed";
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
