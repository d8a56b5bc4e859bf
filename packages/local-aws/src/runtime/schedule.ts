import { Cron } from "croner";
import { AwsError } from "./error.ts";

/** The times at which something happens. */
export interface Schedule {
  /** The first time after `time`, both in milliseconds since the epoch; undefined when there is none. */
  next(time: number): number | undefined;
}

export interface ScheduleOptions {
  /** IANA name of the time zone of `cron` and `at`. Default `UTC`. */
  readonly timeZone?: string | undefined;
}

const UNIT_MS: Readonly<Record<string, number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/**
 * Reads `cron(Minutes Hours Day-of-month Month Day-of-week Year)`, `rate(value unit)` or `at(yyyy-mm-ddThh:mm:ss)`.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 *
 * No state is kept for a rate: its periods are counted from the epoch, so a restart neither delays nor repeats one.
 *
 * @throws AwsError `ValidationException`.
 */
export function parseSchedule(expression: string, { timeZone = "UTC" }: ScheduleOptions = {}): Schedule {
  const [, kind, value = ""] = /^(cron|rate|at)\((.+)\)$/.exec(expression.trim()) ?? [];
  switch (kind) {
    case "cron":
      return cron(expression, value.trim().split(/\s+/), timeZone);
    case "rate":
      return rate(expression, value.trim());
    case "at":
      return at(expression, value.trim(), timeZone);
    default:
      throw invalid(expression, "it must be cron(...), rate(...) or at(...)");
  }
}

function cron(expression: string, fields: readonly string[], timezone: string): Schedule {
  const [minutes, hours, dayOfMonth, month, dayOfWeek, year] = fields;
  if (fields.length !== 6 || dayOfMonth === undefined || dayOfWeek === undefined) {
    throw invalid(expression, "cron has six fields");
  }
  if ((dayOfMonth === "?") === (dayOfWeek === "?")) {
    throw invalid(expression, "one of day-of-month and day-of-week must be ?, the other not");
  }
  const pattern = ["0", minutes, hours, any(dayOfMonth), month, lastDay(any(dayOfWeek)), year].join(" ");
  const job = parse(expression, pattern, timezone);
  return { next: (time) => job.nextRun(new Date(time))?.getTime() };
}

function any(field: string): string {
  return field === "?" ? "*" : field;
}

/** `L` alone is the week's last day, Saturday. */
function lastDay(dayOfWeek: string): string {
  return dayOfWeek === "L" ? "7" : dayOfWeek;
}

function rate(expression: string, value: string): Schedule {
  const [, digits, unit = "", plural] = /^(\d+)\s+(second|minute|hour|day)(s?)$/.exec(value) ?? [];
  const count = Number(digits);
  const unitLength = UNIT_MS[unit];
  if (unitLength === undefined || count === 0) throw invalid(expression, "rate is a positive number and a unit");
  if ((count === 1) !== (plural === "")) throw invalid(expression, "the unit is singular with 1 and plural otherwise");
  const period = count * unitLength;
  return { next: (time) => (Math.floor(time / period) + 1) * period };
}

function at(expression: string, value: string, timezone: string): Schedule {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(value)) throw invalid(expression, "at is yyyy-mm-ddThh:mm:ss");
  const once = parse(expression, value, timezone).nextRun(new Date(0))?.getTime();
  return { next: (time) => (once !== undefined && once > time ? once : undefined) };
}

function parse(expression: string, pattern: string, timezone: string): Cron {
  try {
    const job = new Cron(pattern, { mode: "7-part", alternativeWeekdays: true, sloppyRanges: true, timezone });
    job.nextRun(); // An unknown time zone is found only now.
    return job;
  } catch (error) {
    throw invalid(expression, error instanceof Error ? error.message : String(error));
  }
}

function invalid(expression: string, reason: string): AwsError {
  return new AwsError("ValidationException", `Invalid schedule expression ${expression}: ${reason}.`);
}
