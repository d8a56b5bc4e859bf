/** Time as a parameter: production code gets {@link systemClock}, tests one that they move by hand. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
