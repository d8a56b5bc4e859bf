import { type CalendarDate, daysBetween, isLeapYear } from "./calendar-date.ts";

/**
 * Days until the next birthday; 0 on the day itself. In common years, the birthday of 29 February is on 28 February.
 */
export function daysUntilBirthday(dateOfBirth: CalendarDate, today: CalendarDate): number {
  const days = daysBetween(today, birthdayIn(today.year, dateOfBirth));
  return days >= 0 ? days : daysBetween(today, birthdayIn(today.year + 1, dateOfBirth));
}

function birthdayIn(year: number, { month, day }: CalendarDate): CalendarDate {
  const isMissing = month === 2 && day === 29 && !isLeapYear(year);
  return { year, month, day: isMissing ? 28 : day };
}
