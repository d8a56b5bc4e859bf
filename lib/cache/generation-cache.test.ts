import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { silentLog } from "../log/testing/silent-log.ts";
import { GenerationCache } from "./generation-cache.ts";
import { MemoryCacheStore } from "./testing/memory-cache-store.ts";

let now: number;
let store: MemoryCacheStore;
let cache: GenerationCache;

beforeEach(() => {
  now = 1_000;
  store = new MemoryCacheStore();
  cache = new GenerationCache(store, { now: () => now }, silentLog);
});

/** A load function that counts its calls. */
function counter() {
  let loads = 0;
  return async (): Promise<number> => {
    loads += 1;
    return loads;
  };
}

it("loads once per query and generation", async () => {
  const load = counter();
  expect(await cache.read(["list", 1], load)).toBe(1);
  expect(await cache.read(["list", 1], load)).toBe(1);
  expect(await cache.read(["list", 2], load)).toBe(2);
  await cache.bump();
  expect(await cache.read(["list", 1], load)).toBe(3);
});

it("does not cache a failure", async () => {
  await expect(cache.read(["x"], () => Promise.reject(new Error("down")))).rejects.toThrow("down");
  expect(await cache.read(["x"], async () => "up")).toBe("up");
});

it("loads every result while the cache is unavailable", async () => {
  store.down = true;
  const load = counter();
  expect(await cache.read(["x"], load)).toBe(1);
  expect(await cache.read(["x"], load)).toBe(2);
});

it("does not return old entries after the generation was lost", async () => {
  const load = counter();
  await cache.bump();
  await cache.read(["x"], load);
  const entries = [...store.entries].filter(([key]) => !key.endsWith("generation"));
  store.clear();
  for (const [key, value] of entries) store.entries.set(key, value);
  now += 1;
  await cache.bump();
  expect(await cache.read(["x"], load)).toBe(2);
});

describe("with readers and writers interleaved in any order", () => {
  it("returns nothing older than the last bump before the read began", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        async (s, writers, readers) => {
          const pause = (): Promise<void> => s.schedule(Promise.resolve());
          const slowly =
            <A extends unknown[], R>(call: (...values: A) => Promise<R>) =>
            async (...values: A): Promise<R> => {
              await pause();
              const result = await call(...values);
              await pause();
              return result;
            };
          const slow = new MemoryCacheStore();
          slow.get = slowly(slow.get.bind(slow));
          slow.set = slowly(slow.set.bind(slow));
          slow.increment = slowly(slow.increment.bind(slow));
          const shared = new GenerationCache(slow, { now: () => 1 }, silentLog);
          let committed = 0;
          let announced = 0;
          const readDatabase = slowly(async () => committed);
          const write = async (): Promise<void> => {
            await pause();
            committed += 1;
            const mine = committed;
            await shared.bump();
            announced = Math.max(announced, mine);
          };
          const read = async (): Promise<void> => {
            await pause();
            const atLeast = announced;
            expect(await shared.read(["x"], readDatabase)).toBeGreaterThanOrEqual(atLeast);
          };
          const running = Promise.all([
            ...Array.from({ length: writers }, write),
            ...Array.from({ length: readers }, read),
          ]);
          await s.waitFor(running);
          expect(await s.waitFor(shared.read(["x"], async () => committed))).toBe(committed);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
