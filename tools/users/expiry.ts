import { parseDuration } from "../command-line/duration.ts";

/** A date, which means its beginning, or a time; both in UTC. */
const ISO = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z)?$/;

/**
 * When an access key expires, such as `90d`, `2027-01-31` or `2027-01-31T18:00Z`.
 *
 * @param now milliseconds since the epoch
 * @returns milliseconds since the epoch; undefined when the text is neither a duration nor a date.
 */
export function parseExpiry(text: string, now: number): number | undefined {
  const duration = parseDuration(text);
  if (duration !== undefined) return now + duration;
  if (!ISO.test(text)) return undefined;
  const time = Date.parse(text);
  // A day that the month does not have becomes one of the next month.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text.slice(0, 10)) ? time : undefined;
}

/** For the option --expires. @returns what is wrong with the value. */
export function checkExpiry(text: string): string | undefined {
  if (parseExpiry(text, 0) !== undefined) return undefined;
  return `"${text}" is neither a duration such as 90d or 12h nor a date in UTC such as 2027-01-31 or 2027-01-31T18:00Z.`;
}
