import { expect, it } from "vitest";
import { timeAfter } from "./time-after.ts";

const at = (hour: number, minute: number, second = 0) => new Date(2026, 0, 2, hour, minute, second).getTime();
const shown = (hour: number, minute: number) =>
  new Date(at(hour, minute)).toLocaleTimeString([], { timeStyle: "short" });

it.each([
  [300, at(14, 30), shown(14, 35)],
  [300, at(14, 30, 1), shown(14, 36)],
  [1, at(23, 59, 59), shown(0, 0)],
])("rounds %i seconds after %i up to the minute", (seconds, now, time) => {
  expect(timeAfter(seconds, now)).toBe(time);
});
