const MINUTE_MS = 60_000;

/**
 * The time of day when a number of seconds will have passed, rounded up to a minute, in the format of the browser's
 * language.
 *
 * @param now milliseconds since the epoch
 */
export function timeAfter(seconds: number, now: number): string {
  const time = Math.ceil((now + seconds * 1_000) / MINUTE_MS) * MINUTE_MS;
  return new Date(time).toLocaleTimeString([], { timeStyle: "short" });
}
