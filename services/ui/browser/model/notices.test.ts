import { expect, it } from "vitest";
import { Notices } from "./notices.ts";

it("closes good news after a while, and keeps failures", () => {
  const timers: (() => void)[] = [];
  const notices = new Notices((action) => timers.push(action));
  notices.good("Saved.");
  notices.bad("Failed.");
  expect(notices.shown.value.map(({ text }) => text)).toEqual(["Saved.", "Failed."]);
  for (const run of timers) run();
  expect(notices.shown.value.map(({ text }) => text)).toEqual(["Failed."]);
});

it("shows the last three", () => {
  const notices = new Notices(() => {});
  for (const text of ["1", "2", "3", "4"]) notices.bad(text);
  expect(notices.shown.value.map(({ text }) => text)).toEqual(["2", "3", "4"]);
});
