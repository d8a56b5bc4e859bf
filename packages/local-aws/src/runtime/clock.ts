/** The current time as a dependency: programs use {@link systemClock}, tests a clock that they set. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
