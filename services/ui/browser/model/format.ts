const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** `1,234,567` bytes → `1.2 MB`, in the language of the browser. */
export function formatSize(bytes: number, locale?: string): string {
  const exponent = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const rounded = bytes / 1000 ** exponent;
  // 999,999 bytes would be 1,000 kB.
  const [value, unit] = rounded >= 999.95 && exponent + 1 < units.length ? [1, exponent + 1] : [rounded, exponent];
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: units[unit] ?? "byte",
    unitDisplay: unit === 0 ? "long" : "short",
    maximumFractionDigits: unit === 0 || value >= 100 ? 0 : 1,
  }).format(value);
}

const dateFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** An ISO date and time, in the language and the time zone of the browser. */
export const formatDate = (iso: string): string => dateFormat.format(new Date(iso));

const dayFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

/** The date alone. */
export const formatDay = (iso: string): string => dayFormat.format(new Date(iso));

/** `1 file`, `2 files`. */
export const countOf = (count: number, noun: string): string =>
  `${new Intl.NumberFormat("en").format(count)} ${count === 1 ? noun : `${noun}s`}`;

/** A duration for a sentence: `45 seconds`, `5 minutes`. */
export function formatSeconds(seconds: number): string {
  return seconds < 120
    ? countOf(Math.max(1, Math.round(seconds)), "second")
    : countOf(Math.round(seconds / 60), "minute");
}
