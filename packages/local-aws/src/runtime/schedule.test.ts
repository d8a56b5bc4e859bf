import { expect, it } from "vitest";
import { parseSchedule, type ScheduleOptions } from "./schedule.ts";

const SATURDAY = "2026-11-21T10:00:00.000Z";

function times(expression: string, count: number, options: ScheduleOptions = {}, from = SATURDAY): string[] {
  const schedule = parseSchedule(expression, options);
  const found: string[] = [];
  for (let time = schedule.next(Date.parse(from)); time !== undefined && found.length < count; ) {
    found.push(new Date(time).toISOString());
    time = schedule.next(time);
  }
  return found;
}

it.each([
  ["cron(0 12 * * ? *)", ["2026-11-21T12:00:00.000Z", "2026-11-22T12:00:00.000Z"]],
  ["cron(0/30 10 * * ? *)", ["2026-11-21T10:30:00.000Z", "2026-11-22T10:00:00.000Z"]],
  ["cron(15 10 ? * MON-FRI *)", ["2026-11-23T10:15:00.000Z", "2026-11-24T10:15:00.000Z"]],
  ["cron(0 10 ? * 1 *)", ["2026-11-22T10:00:00.000Z", "2026-11-29T10:00:00.000Z"]],
  ["cron(0 10 ? * L *)", ["2026-11-28T10:00:00.000Z", "2026-12-05T10:00:00.000Z"]],
  ["cron(0 10 ? * 6L 2026)", ["2026-11-27T10:00:00.000Z", "2026-12-25T10:00:00.000Z"]],
  ["cron(0 10 ? * 6#3 *)", ["2026-12-18T10:00:00.000Z", "2027-01-15T10:00:00.000Z"]],
  ["cron(0 10 L * ? *)", ["2026-11-30T10:00:00.000Z", "2026-12-31T10:00:00.000Z"]],
  ["cron(0 10 22W * ? *)", ["2026-11-23T10:00:00.000Z", "2026-12-22T10:00:00.000Z"]],
  ["cron(0 8 1 * ? *)", ["2026-12-01T08:00:00.000Z", "2027-01-01T08:00:00.000Z"]],
])("computes the next times of %s", (expression, expected) => {
  expect(times(expression, 2)).toEqual(expected);
});

it("has no next time for a cron expression in the past", () => {
  expect(times("cron(0 10 1 1 ? 2020)", 1)).toEqual([]);
});

it("follows the time zone of a cron expression through the change to daylight saving time", () => {
  expect(times("cron(0 12 * * ? *)", 2, { timeZone: "America/New_York" }, "2026-03-07T00:00:00Z")).toEqual([
    "2026-03-07T17:00:00.000Z",
    "2026-03-08T16:00:00.000Z",
  ]);
});

it.each([
  ["rate(1 minute)", "2026-11-21T10:01:00.000Z"],
  ["rate(5 minutes)", "2026-11-21T10:05:00.000Z"],
  ["rate(1 hour)", "2026-11-21T11:00:00.000Z"],
  ["rate(1 day)", "2026-11-22T00:00:00.000Z"],
])("computes the same next time of %s at any time in its period", (expression, expected) => {
  expect(times(expression, 1)).toEqual([expected]);
  expect(times(expression, 1, {}, "2026-11-21T10:00:59.999Z")).toEqual([expected]);
});

it("has one time for an at expression, in its time zone", () => {
  expect(times("at(2026-12-24T18:00:00)", 2, { timeZone: "Europe/Berlin" })).toEqual(["2026-12-24T17:00:00.000Z"]);
  expect(times("at(2020-01-01T00:00:00)", 1)).toEqual([]);
});

it.each([
  "every day",
  "cron(0 12 * * *)",
  "cron(0 12 * * * *)",
  "cron(0 12 ? * ? *)",
  "cron(0 12 1 * 1 *)",
  "cron(99 12 * * ? *)",
  "cron(0 12 ? * 0 *)",
  "rate(0 minutes)",
  "rate(1 minutes)",
  "rate(5 minute)",
  "rate(5 weeks)",
  "at(tomorrow)",
  "at(2026-13-01T00:00:00)",
])("rejects %s", (expression) => {
  expect(() => parseSchedule(expression)).toThrow(expect.objectContaining({ code: "ValidationException" }));
});

it("rejects an unknown time zone", () => {
  expect(() => parseSchedule("cron(0 12 * * ? *)", { timeZone: "Mars/Olympus" })).toThrow(
    expect.objectContaining({ code: "ValidationException" }),
  );
});
