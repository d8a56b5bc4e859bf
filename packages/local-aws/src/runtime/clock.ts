/** Time as a parameter: production code gets {@link systemClock}, tests a clock that they control. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
