import { expect, it } from "vitest";
import { FakeTerminal } from "../command-line/terminal/testing/fake-terminal.ts";
import { TerminalProgress } from "./terminal-progress.ts";

const planned = { operation: "plan", add: 1, change: 0, remove: 1 };
const applied = { operation: "apply", add: 1, change: 0, remove: 1 };

/** A progress of these stacks, whose clock the test sets. */
function open(terminal: FakeTerminal, names: readonly string[], { interrupted = false, isDestruction = false } = {}) {
  const clock = { now: 0, tick: () => {}, ticking: false };
  const progress = new TerminalProgress({
    stacks: names.map((name) => ({ name, resources: 3 })),
    terminal: terminal.open(),
    now: () => clock.now,
    isInterrupted: () => interrupted,
    isDestruction,
    ticker: (tick) => {
      Object.assign(clock, { tick, ticking: true });
      return () => Object.assign(clock, { ticking: false });
    },
  });
  return { progress, clock };
}

it("redraws the state of each stack with its resources and time, and ends with the totals", () => {
  const terminal = new FakeTerminal({ rows: 24, columns: 80 });
  const { progress, clock } = open(terminal, ["vpc", "secrets"]);
  expect(terminal.lines()).toEqual([
    "  · vpc        3 resources  waiting",
    "  · secrets    3 resources  waiting",
    "  0 of 2 stacks, 0.0 s",
  ]);
  progress.begin("vpc", "planning");
  progress.event("vpc", { type: "apply_start" }); // Of a data source.
  progress.event("vpc", { type: "apply_complete" });
  clock.now = 200;
  clock.tick();
  expect(terminal.lines()[0]).toBe("  ⠹ vpc        3 resources  planning              0.2 s");
  progress.event("vpc", { type: "change_summary", changes: planned });
  clock.tick();
  expect(terminal.lines()[0]).toContain("1 to add, 1 to destroy");
  progress.event("vpc", { type: "apply_start" });
  progress.event("vpc", { type: "apply_complete" });
  clock.tick();
  expect(terminal.lines()[0]).toContain("applying 2 of 2");
  progress.event("vpc", { type: "change_summary", changes: applied });
  clock.now = 3_210;
  progress.done("vpc", "1 added, 1 destroyed");
  progress.begin("secrets", "planning");
  clock.now = 12_000;
  progress.done("secrets", "no changes");
  expect(clock.ticking).toBe(false);
  progress.report();
  expect(terminal.lines()).toEqual([
    "  ✔ vpc        3 resources  1 added, 1 destroyed  3.2 s",
    "  ✔ secrets    3 resources  no changes            8.8 s",
    "6 resources in 2 stacks, 12 s: 1 added, 1 destroyed, 5 unchanged",
  ]);
});

it("counts what a destruction has destroyed, and nothing as unchanged", () => {
  const terminal = new FakeTerminal(undefined);
  const { progress } = open(terminal, ["vpc", "state-bucket"], { isDestruction: true });
  progress.event("vpc", { type: "change_summary", changes: { operation: "apply", add: 0, change: 0, remove: 3 } });
  progress.done("vpc", "3 destroyed");
  progress.done("state-bucket", "destroyed");
  progress.report();
  expect(terminal.lines().at(-1)).toBe("6 resources in 2 stacks, 0.0 s: 3 destroyed");
});

it("writes one plain line per finished stack to a file, and the totals and errors at the end", () => {
  const terminal = new FakeTerminal(undefined);
  const { progress, clock } = open(terminal, ["vpc", "secrets", "sum"]);
  progress.begin("vpc", "planning");
  progress.event("vpc", { type: "change_summary", changes: planned });
  progress.fail("vpc", "access denied");
  progress.skip("secrets", "vpc");
  progress.begin("sum", "planning");
  clock.now = 1_500;
  progress.done("sum", "no changes");
  progress.report();
  expect(terminal.text).toBe(
    [
      "  vpc      3 resources, failed after 0.0 s",
      "  secrets  3 resources, skipped, because vpc did not succeed",
      "  sum      3 resources, no changes in 1.5 s",
      "3 resources in 1 of 3 stacks, 1.5 s: 1 failed, 1 skipped",
      "",
      "vpc:",
      "access denied",
      "",
    ].join("\n"),
  );
});

it("counts the stacks that do not fit on a small terminal, and never draws more lines than it has", () => {
  const terminal = new FakeTerminal({ rows: 8, columns: 80 });
  const names = Array.from({ length: 17 }, (_, index) => `stack-${String(index + 1).padStart(2, "0")}`);
  const { progress, clock } = open(terminal, names);
  for (const name of names.slice(0, 9)) {
    progress.begin(name, "planning");
    progress.done(name, "3 added");
  }
  progress.begin("stack-10", "applying 1 of 3");
  progress.begin("stack-12", "planning");
  clock.tick();
  expect(terminal.lines()).toEqual([
    "  ✔ 9 done  · 3 waiting",
    expect.stringContaining("⠋ stack-10    3 resources  applying 1 of 3"),
    expect.stringContaining("· stack-11    3 resources  waiting"),
    expect.stringContaining("⠋ stack-12    3 resources  planning"),
    expect.stringContaining("· stack-13"),
    expect.stringContaining("· stack-14"),
    "  9 of 17 stacks, 0.0 s",
  ]);
  for (const name of names.slice(9)) progress.done(name, "3 added");
  progress.report();
  expect(terminal.scrolledAway).toEqual([]);
  expect(terminal.lines()).toEqual(["  ✔ 17 done", "51 resources in 17 stacks, 0.0 s"]);
});

it("reports what was interrupted as interrupted, and shows only errors that are not the interruption", () => {
  const terminal = new FakeTerminal({ rows: 24, columns: 80 });
  const { progress } = open(terminal, ["vpc", "secrets", "sum", "api"], { interrupted: true });
  for (const name of ["vpc", "sum"]) progress.begin(name, "planning");
  progress.fail("vpc", "execution halted");
  progress.skip("secrets", "vpc");
  progress.fail("sum", "access denied");
  progress.skip("api", "sum");
  progress.report();
  expect(terminal.lines().map((line) => line.replace(/ +/g, " ").trim())).toEqual([
    "■ vpc 3 resources interrupted 0.0 s",
    "■ secrets 3 resources not started",
    "✖ sum 3 resources failed 0.0 s",
    "– api 3 resources skipped, because sum did not succeed",
    "0 resources in 0 of 4 stacks, 0.0 s: 1 failed, 2 interrupted, 1 skipped",
    "",
    "sum:",
    "access denied",
  ]);
});

it("colors on a terminal, and not with NO_COLOR", () => {
  const colored = new FakeTerminal({ rows: 24, columns: 80 });
  const plain = new FakeTerminal({ rows: 24, columns: 80 }, { NO_COLOR: "1" });
  for (const terminal of [colored, plain]) {
    const { progress } = open(terminal, ["vpc"]);
    progress.begin("vpc", "planning");
    progress.fail("vpc", "access denied");
  }
  expect(colored.text).toContain("\u001b[31m✖");
  expect(plain.text).toContain("✖ vpc");
  expect(plain.text).not.toContain("\u001b[31m");
  expect(colored.lines()).toEqual(plain.lines());
});
