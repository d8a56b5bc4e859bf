import { type CalendarDate, daysBetween, isLeapYear } from "./calendar-date.ts";

/** Days from today to the next birthday, 0 on the day itself. Who was born on 29 February has it on 28 February in common years. */
export function daysUntilBirthday(dateOfBirth: CalendarDate, today: CalendarDate): number {
  const days = daysBetween(today, birthdayIn(today.year, dateOfBirth));
  return days >= 0 ? days : daysBetween(today, birthdayIn(today.year + 1, dateOfBirth));
}

function birthdayIn(year: number, { month, day }: CalendarDate): CalendarDate {
  const leaps = month === 2 && day === 29 && !isLeapYear(year);
  return { year, month, day: leaps ? 28 : day };
}
