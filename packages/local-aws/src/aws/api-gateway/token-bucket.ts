import type { Clock } from "../../runtime/clock.ts";
import type { Throttling } from "./stage.ts";

/**
 * The throttling algorithm of API Gateway: at most `burst` tokens, refilled at `rate` per second; a request takes one.
 */
export class TokenBucket {
  readonly #throttling: Throttling;
  readonly #clock: Clock;
  #tokens: number;
  #countedAt: number;

  constructor(throttling: Throttling, clock: Clock) {
    this.#throttling = throttling;
    this.#clock = clock;
    this.#tokens = throttling.burst;
    this.#countedAt = clock.now();
  }

  /** False if no token is left. */
  take(): boolean {
    const now = this.#clock.now();
    const { rate, burst } = this.#throttling;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#countedAt) / 1000) * rate);
    this.#countedAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
