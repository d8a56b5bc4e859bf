import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ChangeQueue, type Changes } from "./change-queue.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A queue whose runs end when the test says so. */
function open() {
  const runs: Changes[] = [];
  const ends: (() => void)[] = [];
  const queue = new ChangeQueue({
    quietMs: 60,
    now: () => Date.now(),
    run: (changes) => {
      runs.push(changes);
      return new Promise((resolve) => ends.push(resolve));
    },
  });
  return { queue, runs, end: async () => ends.shift()?.(), paths: () => runs.map(({ paths }) => paths) };
}

it("collects the steps of a save, and hundreds of files of git, into one run", () => {
  const { queue, runs } = open();
  const saved = Date.now();
  for (let file = 0; file < 300; file += 1) {
    queue.add(`stacks/${file % 200}.ts`);
    vi.advanceTimersByTime(20);
  }
  expect(runs).toHaveLength(0);
  vi.advanceTimersByTime(60);
  expect(runs).toHaveLength(1);
  expect(runs[0]?.paths).toHaveLength(200);
  expect(runs[0]?.since).toBe(saved);
});

it("runs once more with everything that was changed during a run, and supersedes its question", async () => {
  const { queue, runs, end, paths } = open();
  queue.add("lib/a.ts");
  await vi.advanceTimersByTimeAsync(60);
  expect(runs[0]?.superseded.aborted).toBe(false);
  queue.add("lib/c.ts");
  queue.add("lib/b.ts");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(runs[0]?.superseded.aborted).toBe(true);
  expect(paths()).toEqual([["lib/a.ts"]]);
  await end();
  await vi.advanceTimersByTimeAsync(60);
  expect(paths()).toEqual([["lib/a.ts"], ["lib/b.ts", "lib/c.ts"]]);
  await end();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(runs).toHaveLength(2);
  expect(runs[1]?.superseded.aborted).toBe(false);
});

it("waits for the current run when it is closed, and starts no other", async () => {
  const { queue, runs, end } = open();
  queue.add("lib/a.ts");
  await vi.advanceTimersByTimeAsync(60);
  queue.add("lib/b.ts");
  const closed = vi.fn();
  const closing = queue.close().then(closed);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(closed).not.toHaveBeenCalled();
  await end();
  await closing;
  queue.add("lib/c.ts");
  await vi.advanceTimersByTimeAsync(1_000);
  expect(runs).toHaveLength(1);
});

it("starts nothing that was collected when it is closed", async () => {
  const { queue, runs } = open();
  queue.add("lib/a.ts");
  await queue.close();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(runs).toHaveLength(0);
});
