import type { Clock } from "../../runtime/clock.ts";
import type { Stage } from "./model.ts";
import { TokenBucket } from "./token-bucket.ts";

/** The token buckets of an API: one for each stage, and one for each route that has settings of its own. */
export class Throttle {
  readonly #clock: Clock;
  /** By the stage as it is configured, so that a changed stage starts with full buckets. */
  readonly #buckets = new WeakMap<Stage, Map<string, TokenBucket>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** False when the request is one too many. */
  admits(stage: Stage, routeKey: string): boolean {
    const own = stage.routeThrottling.get(routeKey);
    const key = own ? routeKey : "";
    const buckets = this.#buckets.get(stage) ?? new Map<string, TokenBucket>();
    this.#buckets.set(stage, buckets);
    const bucket = buckets.get(key) ?? new TokenBucket(own ?? stage.throttling, this.#clock);
    buckets.set(key, bucket);
    return bucket.take();
  }
}
