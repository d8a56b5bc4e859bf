import type { LogEvent } from "./log-store.ts";

/** Milliseconds since the epoch. */
export interface TimeRange {
  readonly startTime?: number;
  readonly endTime?: number;
}

/** A predicate for events within the range, which excludes `endTime` itself. */
export function isWithin({ startTime = 0, endTime = Number.POSITIVE_INFINITY }: TimeRange) {
  return ({ timestamp }: LogEvent): boolean => timestamp >= startTime && timestamp < endTime;
}
