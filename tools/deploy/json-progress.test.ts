import { expect, it } from "vitest";
import { JsonProgress } from "./json-progress.ts";

it("prints a line of JSON for each phase of a stack, with the details of that phase", () => {
  const lines: string[] = [];
  let now = 0;
  const progress = new JsonProgress((line) => lines.push(line), { now: () => now });
  progress.begin("vpc", "initializing");
  progress.begin("vpc", "planning");
  progress.event("vpc", { type: "version" });
  progress.event("vpc", { type: "change_summary", changes: { operation: "plan", add: 2, change: 0, remove: 1 } });
  now = 1_234;
  progress.fail("vpc", "access\ndenied");
  progress.skip("postgres", "vpc");
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { type: "stack", stack: "vpc", phase: "initializing" },
    { type: "stack", stack: "vpc", phase: "planning" },
    { type: "stack", stack: "vpc", phase: "planned", counts: { add: 2, change: 0, remove: 1 } },
    { type: "stack", stack: "vpc", phase: "failed", error: "access\ndenied", seconds: 1.2 },
    { type: "stack", stack: "postgres", phase: "skipped", because: "vpc" },
  ]);
});

it("reports a stack that was interrupted as interrupted, and one that failed meanwhile as failed", () => {
  const lines: string[] = [];
  const progress = new JsonProgress((line) => lines.push(line), { isInterrupted: () => true });
  progress.fail("vpc", "execution halted");
  progress.fail("postgres", "access denied");
  expect(lines.map((line) => JSON.parse(line).phase)).toEqual(["interrupted", "failed"]);
});
