import { afterEach, beforeEach, expect, it, vi } from "vitest";
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

it("runs at each time and passes it to the task", () => {
  timetable.set("a", parseSchedule("rate(1 minute)"), run);
  vi.advanceTimersByTime(2 * MINUTE);
  expect(runs).toEqual(["2026-11-21T10:01:00.000Z", "2026-11-21T10:02:00.000Z"]);
});

it("waits longer than the maximum of setTimeout", () => {
  timetable.set("a", parseSchedule("cron(0 0 1 2 ? 2027)"), run);
  vi.advanceTimersByTime(71 * DAY);
  expect(runs).toEqual([]);
  vi.advanceTimersByTime(DAY);
  expect(runs).toEqual(["2027-02-01T00:00:00.000Z"]);
});

it("runs once for the times that passed while the machine slept", () => {
  timetable.set("a", parseSchedule("rate(1 minute)"), run);
  vi.setSystemTime(Date.parse("2026-11-21T10:30:10Z"));
  vi.advanceTimersByTime(MINUTE);
  expect(runs).toEqual(["2026-11-21T10:01:00.000Z", "2026-11-21T10:31:00.000Z"]);
});

it("does not run replaced or deleted schedules, or any after stop", () => {
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

it("allows a task to delete its own entry", () => {
  timetable.set("a", parseSchedule("rate(1 minute)"), (due) => {
    run(due);
    timetable.delete("a");
  });
  vi.advanceTimersByTime(5 * MINUTE);
  expect(runs).toHaveLength(1);
});
