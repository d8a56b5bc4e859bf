import type { createRedisCommandExecutor } from "js-redis-server/core";

type ExecutionPolicy = NonNullable<NonNullable<Parameters<typeof createRedisCommandExecutor>[0]>["policies"]>[number];
type CommandPlan = Parameters<NonNullable<ExecutionPolicy["beforeExecute"]>>[0];

/** What the commands of a cache have used since its start. */
export interface CacheUsage {
  /** Keys that commands have read and that existed. */
  readonly hits: number;
  /** Keys that commands have read and that did not exist. */
  readonly misses: number;
  /** Time in which commands were executed, in seconds. */
  readonly busySeconds: number;
}

/** Measures the commands of a cache. */
export class UsagePolicy implements ExecutionPolicy {
  readonly name = "usage";
  readonly #started = new WeakMap<CommandPlan, number>();
  #hits = 0;
  #misses = 0;
  #busySeconds = 0;

  get usage(): CacheUsage {
    return { hits: this.#hits, misses: this.#misses, busySeconds: this.#busySeconds };
  }

  beforeExecute: NonNullable<ExecutionPolicy["beforeExecute"]> = (plan, { db }) => {
    if (plan.flags.includes("readonly")) {
      for (const key of plan.keys) {
        if (db.getType(key) === null) this.#misses += 1;
        else this.#hits += 1;
      }
    }
    // Others wait most of their time.
    if (!plan.flags.includes("blocking")) this.#started.set(plan, performance.now());
    return undefined;
  };

  afterExecute: NonNullable<ExecutionPolicy["afterExecute"]> = (plan, _, result) => {
    const started = this.#started.get(plan);
    if (started !== undefined) this.#busySeconds += (performance.now() - started) / 1_000;
    return result;
  };
}
