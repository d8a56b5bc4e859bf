/** JSON that fits into this is written on one line. */
const SHORT_CHARACTERS = 40;
const MINUTE = 60_000;
const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 24 * 60 * MINUTE],
  ["hour", 60 * MINUTE],
  ["minute", MINUTE],
];
const relative = new Intl.RelativeTimeFormat("en", { numeric: "always", style: "short" });
const count = new Intl.NumberFormat("en");
const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});
const full = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

/** `3 min. ago`; `just now` for less than a minute. */
export function formatAge(at: number, now = Date.now()): string {
  const [unit, length] = UNITS.find(([, milliseconds]) => now - at >= milliseconds) ?? [];
  return unit && length ? relative.format(-Math.floor((now - at) / length), unit) : "just now";
}

/** `14:05:09.250`, or the date and the time if that is not today. */
export function formatClock(at: number): string {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  return isToday ? clock.format(at) : full.format(at);
}

export function formatFull(at: number): string {
  return full.format(at);
}

export function formatCount(number: number): string {
  return count.format(number);
}

/** `1 message`, `2 messages`. */
export function plural(number: number, singular: string, many = `${singular}s`): string {
  return `${formatCount(number)} ${number === 1 ? singular : many}`;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  const exponent = Math.min(Math.floor(Math.log2(bytes) / 10), 4);
  const value = bytes / 1_024 ** exponent;
  return `${value.toFixed(value < 10 ? 1 : 0)} ${["B", "KiB", "MiB", "GiB", "TiB"][exponent]}`;
}

export function formatDuration(milliseconds: number): string {
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(2)} s`;
}

/** `3,600` seconds → `1 h`. */
export function formatSeconds(seconds: number): string {
  if (seconds >= 86_400) return plural(Math.round(seconds / 86_400), "day");
  if (seconds >= 3_600) return `${Math.round(seconds / 3_600)} h`;
  return seconds >= 60 ? `${Math.round(seconds / 60)} min` : `${seconds} s`;
}

/** JSON indented; other text as it is. */
export function prettyText(text: string): string {
  const isDocument = /^\s*[[{]/.test(text);
  if (!isDocument) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** A value of a resource, an item or an output as text. */
export function valueText(value: unknown): string {
  if (typeof value === "string") return prettyText(value);
  if (value === undefined || value === null) return "";
  const line = JSON.stringify(value);
  return line.length <= SHORT_CHARACTERS ? line : JSON.stringify(value, null, 2);
}
