/** The form of times in notifications of alarms: `2026-11-28T09:10:00.000+0000`. */
export const alarmTimestamp = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace("Z", "+0000");
