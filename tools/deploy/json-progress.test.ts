import { expect, it } from "vitest";
import { JsonLines } from "./json-progress.ts";

it("writes an object a line for each phase of a stack, with what is known then", () => {
  const lines: string[] = [];
  let now = 0;
  const progress = new JsonLines(
    (line) => lines.push(line),
    () => now,
  );
  progress.begin("vpc", "initializing");
  progress.begin("vpc", "planning");
  progress.event("vpc", { type: "version" });
  progress.event("vpc", { type: "change_summary", changes: { operation: "plan", add: 2, change: 0, remove: 1 } });
  now = 1_234;
  progress.fail("vpc", "no\nright");
  progress.skip("postgres", "vpc");
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { type: "stack", stack: "vpc", phase: "initializing" },
    { type: "stack", stack: "vpc", phase: "planning" },
    { type: "stack", stack: "vpc", phase: "planned", counts: { add: 2, change: 0, remove: 1 } },
    { type: "stack", stack: "vpc", phase: "failed", error: "no\nright", seconds: 1.2 },
    { type: "stack", stack: "postgres", phase: "skipped", because: "vpc" },
  ]);
});
