const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });

const MAXIMUM_UNIT = 3;

/** `1,234`, `12.3`, `0.00123`; `1.23M` for what would be longer. */
export function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 100_000) return compact.format(value);
  return size >= 100 ? whole.format(value) : short.format(value);
}

/** `12.3 ms`, `40%`. Units that are words are left out, because they are in the heading of the graph. */
export function formatQuantity(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined) return "no data";
  const number = formatNumber(value);
  if (unit === "%") return `${number}%`;
  return unit.length > MAXIMUM_UNIT ? number : `${number} ${unit}`.trim();
}

/** The newest value, the smallest and the largest of those that exist. */
export function summarize(values: readonly (number | null)[]): {
  readonly latest: number | undefined;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
} {
  const present = values.filter((value) => value !== null);
  const by = (choose: (one: number, other: number) => number) =>
    present.length === 0 ? undefined : present.reduce((one, other) => choose(one, other));
  return { latest: present.at(-1), minimum: by(Math.min), maximum: by(Math.max) };
}

/**
 * The end of a vertical axis that begins at zero. Thresholds are included unless they would flatten the lines.
 *
 * @param fixed the configured end; values above it are included nevertheless.
 */
export function axisEnd(
  values: readonly (number | null)[],
  thresholds: readonly number[],
  fixed: number | undefined,
): number {
  const highest = summarize(values).maximum ?? 0;
  if (fixed !== undefined) return Math.max(fixed, highest);
  const limit = highest === 0 ? Number.POSITIVE_INFINITY : highest * MAXIMUM_FLATTENING;
  const end = Math.max(highest, ...thresholds.filter((threshold) => threshold <= limit));
  return end === 0 ? 1 : end * HEADROOM;
}

const MAXIMUM_FLATTENING = 4;
const HEADROOM = 1.1;

/** The indices of values without a neighbor, which a line does not show. */
export function isolated(values: readonly (number | null | undefined)[]): number[] {
  const isMissing = (index: number) => values[index] === null || values[index] === undefined;
  return values.flatMap((_, index) =>
    !isMissing(index) && isMissing(index - 1) && isMissing(index + 1) ? [index] : [],
  );
}
