/** Unit → milliseconds. */
const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a duration such as `10m`; undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  const [, count, unit = ""] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const milliseconds = Number(count) * (UNITS[unit] ?? Number.NaN);
  return milliseconds > 0 ? milliseconds : undefined;
}

/** For an option that is a duration. @returns what is wrong with the value. */
export function checkDuration(text: string): string | undefined {
  if (parseDuration(text) !== undefined) return undefined;
  return `"${text}" is not a duration: write a number and s, m, h or d, such as 10m.`;
}
