/** A day of the Gregorian calendar, without a time or a time zone. */
export interface CalendarDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

const DAY_MS = 86_400_000;
const DAYS_OF_MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Parses `YYYY-MM-DD`; undefined when the text has another format or the date does not exist. */
export function parseCalendarDate(text: string): CalendarDate | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return undefined;
  const [year = 0, month = 0, day = 0] = parts.slice(1).map(Number);
  return year >= 1 && day >= 1 && day <= daysOfMonth(year, month) ? { year, month, day } : undefined;
}

export const formatCalendarDate = ({ year, month, day }: CalendarDate): string =>
  [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");

/** The date in UTC at a time in milliseconds since the epoch. */
export function calendarDateAt(milliseconds: number): CalendarDate {
  const date = new Date(milliseconds);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

export function isBefore(one: CalendarDate, other: CalendarDate): boolean {
  return one.year - other.year < 0 || (one.year === other.year && dayOrder(one) < dayOrder(other));
}

/** Days between two dates of 1970 or later. */
export const daysBetween = (from: CalendarDate, to: CalendarDate): number => (epoch(to) - epoch(from)) / DAY_MS;

export const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** 0 for a month that does not exist. */
function daysOfMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (DAYS_OF_MONTHS[month - 1] ?? 0);
}

/** A number that orders the days of one year. */
const dayOrder = ({ month, day }: CalendarDate): number => month * 31 + day;

const epoch = ({ year, month, day }: CalendarDate): number => Date.UTC(year, month - 1, day);
