const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;
const MAX_UNIT = units.length - 1;

/** A format takes longer to create than to use, and each row that is scrolled into the window needs one. */
const sizeFormats = new Map<string, Intl.NumberFormat>();

function sizeFormat(unit: number, digits: number, locale: string | undefined): Intl.NumberFormat {
  const id = `${locale} ${unit} ${digits}`;
  const known = sizeFormats.get(id);
  if (known) return known;
  const format = new Intl.NumberFormat(locale, {
    style: "unit",
    unit: units[unit] ?? "byte",
    unitDisplay: unit === 0 ? "long" : "short",
    maximumFractionDigits: digits,
  });
  sizeFormats.set(id, format);
  return format;
}

/** `1,234,567` bytes → `1.2 MB`, in the language of the browser. */
export function formatSize(bytes: number, locale?: string): string {
  const exponent = bytes < 1000 ? 0 : Math.min(MAX_UNIT, Math.floor(Math.log10(bytes) / 3));
  const rounded = bytes / 1000 ** exponent;
  // 999,999 bytes would be 1,000 kB.
  const [value, unit] = rounded >= 999.95 && exponent < MAX_UNIT ? [1, exponent + 1] : [rounded, exponent];
  return sizeFormat(unit, unit === 0 || value >= 100 ? 0 : 1, locale).format(value);
}

const dateFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** An ISO date and time, in the language and the time zone of the browser. */
export const formatDate = (iso: string): string => dateFormat.format(new Date(iso));

const dayFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

/** The date alone. */
export const formatDay = (iso: string): string => dayFormat.format(new Date(iso));

const countFormat = new Intl.NumberFormat("en");

/** `1 file`, `2 files`. */
export const countOf = (count: number, noun: string): string =>
  `${countFormat.format(count)} ${count === 1 ? noun : `${noun}s`}`;

/** A duration for a sentence: `45 seconds`, `5 minutes`. */
export function formatSeconds(seconds: number): string {
  return seconds < 120
    ? countOf(Math.max(1, Math.round(seconds)), "second")
    : countOf(Math.round(seconds / 60), "minute");
}
