import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { systemClock } from "./clock.ts";
import { parseSchedule } from "./schedule.ts";
import { Timetable } from "./timetable.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

let timetable: Timetable;
let runs: string[];
const run = (due: number) => runs.push(new Date(due).toISOString());

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-11-21T10:00:30Z") });
  runs = [];
  timetable = new Timetable(systemClock);
});

afterEach(() => {
  timetable.stop();
  vi.useRealTimers();
});

test("runs at each time, and tells which", () => {
  timetable.set("a", parseSchedule("rate(1 minute)"), run);
  vi.advanceTimersByTime(2 * MINUTE);
  expect(runs).toEqual(["2026-11-21T10:01:00.000Z", "2026-11-21T10:02:00.000Z"]);
});

test("waits longer than a timer can", () => {
  timetable.set("a", parseSchedule("cron(0 0 1 2 ? 2027)"), run);
  vi.advanceTimersByTime(71 * DAY);
  expect(runs).toEqual([]);
  vi.advanceTimersByTime(DAY);
  expect(runs).toEqual(["2027-02-01T00:00:00.000Z"]);
});

test("makes up for one of the times that passed while the machine slept", () => {
  timetable.set("a", parseSchedule("rate(1 minute)"), run);
  vi.setSystemTime(Date.parse("2026-11-21T10:30:10Z"));
  vi.advanceTimersByTime(MINUTE);
  expect(runs).toEqual(["2026-11-21T10:01:00.000Z", "2026-11-21T10:31:00.000Z"]);
});

test("a replaced schedule, a deleted one and a stopped timetable run no more", () => {
  timetable.set("a", parseSchedule("rate(1 minute)"), run);
  timetable.set("a", parseSchedule("rate(1 hour)"), run);
  timetable.set("b", parseSchedule("rate(1 minute)"), run);
  timetable.delete("b");
  vi.advanceTimersByTime(10 * MINUTE);
  expect(runs).toEqual([]);
  timetable.stop();
  vi.advanceTimersByTime(DAY);
  expect(runs).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test("a task may take its own entry away", () => {
  timetable.set("a", parseSchedule("rate(1 minute)"), (due) => {
    run(due);
    timetable.delete("a");
  });
  vi.advanceTimersByTime(5 * MINUTE);
  expect(runs).toHaveLength(1);
});
