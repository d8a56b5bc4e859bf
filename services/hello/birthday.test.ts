import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { daysUntilBirthday } from "./birthday.ts";
import { type CalendarDate, calendarDateAt, formatCalendarDate, isBefore, parseCalendarDate } from "./calendar-date.ts";

const DAY_MS = 86_400_000;
const date = (text: string): CalendarDate => parseCalendarDate(text) as CalendarDate;

describe("daysUntilBirthday", () => {
  it.each([
    ["1990-06-15", "2026-06-14", 1],
    ["1990-06-15", "2026-06-15", 0],
    ["1990-06-15", "2026-06-16", 364],
    ["1990-01-01", "2026-12-31", 1],
    ["1990-12-31", "2026-01-01", 364],
    ["1990-12-31", "2028-01-01", 365],
    // Born on the leap day.
    ["2000-02-29", "2028-02-28", 1],
    ["2000-02-29", "2028-02-29", 0],
    ["2000-02-29", "2028-03-01", 364],
    ["2000-02-29", "2027-02-27", 1],
    ["2000-02-29", "2027-02-28", 0],
    ["2000-02-29", "2027-03-01", 365],
    ["2000-02-29", "2100-02-28", 0],
    ["2000-02-28", "2028-02-29", 365],
  ])("for %s on %s returns %i", (dateOfBirth, today, days) => {
    expect(daysUntilBirthday(date(dateOfBirth), date(today))).toBe(days);
  });

  it("returns the number of days counted one by one, on every date of 400 years", () => {
    // The calendar repeats itself after 400 years, so this covers all cases.
    const calendar: CalendarDate[] = [];
    for (let time = Date.UTC(2000, 0, 1); time < Date.UTC(2402, 0, 1); time += DAY_MS) {
      calendar.push(calendarDateAt(time));
    }
    const lastDayOf400Years = calendar.findIndex(({ year }) => year === 2400) - 1;
    // The days around month ends and the leap day, and some others.
    const born = calendar
      .slice(0, 366)
      .filter(({ month, day }) => day === 1 || day === 31 || (month <= 3 && day >= 27));
    for (const dateOfBirth of born) {
      const { month, day } = dateOfBirth;
      let counted = Number.NaN;
      let wrong = "";
      for (let index = calendar.length - 1; index >= 0; index -= 1) {
        const today = calendar[index] as CalendarDate;
        const noLeapDayTomorrow = calendar[index + 1]?.month === 3;
        const isBirthday =
          (today.month === month && today.day === day) ||
          (month === 2 && day === 29 && today.month === 2 && today.day === 28 && noLeapDayTomorrow);
        counted = isBirthday ? 0 : counted + 1;
        if (index <= lastDayOf400Years && daysUntilBirthday(dateOfBirth, today) !== counted) {
          wrong ||= `${formatCalendarDate(dateOfBirth)} on ${formatCalendarDate(today)}`;
        }
      }
      expect(wrong).toBe("");
    }
  }, 60_000);

  it("decreases by one every day until the birthday", () => {
    const times = fc.integer({ min: Date.UTC(1971, 0), max: Date.UTC(2500, 0) });
    fc.assert(
      fc.property(times, times, (born, now) => {
        const dateOfBirth = calendarDateAt(born);
        const today = daysUntilBirthday(dateOfBirth, calendarDateAt(now));
        const tomorrow = daysUntilBirthday(dateOfBirth, calendarDateAt(now + DAY_MS));
        if (today > 0) expect(tomorrow).toBe(today - 1);
        else expect(tomorrow).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("parseCalendarDate", () => {
  it.each([
    "2026-02-29",
    "1900-02-29",
    "2026-04-31",
    "2026-13-01",
    "2026-00-10",
    "2026-01-00",
    "2026-01-32",
    "0000-01-01",
  ])("rejects the date %s, which does not exist", (text) => {
    expect(parseCalendarDate(text)).toBeUndefined();
  });

  it.each([
    "2026-1-1",
    "20260101",
    "01-01-2026",
    "2026/01/01",
    "2026-01-01T00:00:00Z",
    " 2026-01-01",
    "2026-01-01\n",
    "",
  ])("rejects the format of %j", (text) => {
    expect(parseCalendarDate(text)).toBeUndefined();
  });

  it("parses every formatted date, and orders dates like their texts", () => {
    const dates = fc
      .integer({ min: Date.UTC(1, 0) - 62_000_000_000_000, max: Date.UTC(9999, 11, 31) })
      .map(calendarDateAt);
    const real = dates.filter(({ year }) => year >= 1);
    fc.assert(
      fc.property(real, real, (one, other) => {
        expect(parseCalendarDate(formatCalendarDate(one))).toEqual(one);
        expect(isBefore(one, other)).toBe(formatCalendarDate(one) < formatCalendarDate(other));
      }),
    );
  });
});
