/**
 * The periods in which minutes are shortened, in seconds. Shorter ones are for programs that watch a change, and longer
 * ones for daily work.
 */
const SHORTENED = { from: 120, below: 3_600 };

/**
 * The duration of a period of an alarm or of a graph, in milliseconds.
 *
 * @param seconds as configured.
 * @param minute milliseconds of a minute in periods of at least two minutes and less than an hour.
 */
export function periodMilliseconds(seconds: number, minute: number): number {
  const isShortened = seconds >= SHORTENED.from && seconds < SHORTENED.below;
  return seconds * (isShortened ? minute / 60 : 1_000);
}
