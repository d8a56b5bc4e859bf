import type { Clock } from "../../runtime/clock.ts";
import type { Stage } from "./stage.ts";
import { TokenBucket } from "./token-bucket.ts";

/** The token buckets of an API: one per stage, and one per route with settings of its own. */
export class Throttle {
  readonly #clock: Clock;
  /** By stage object: a changed stage is a new object and starts with full buckets. */
  readonly #buckets = new WeakMap<Stage, Map<string, TokenBucket>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** False if the request exceeds rate and burst. */
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
