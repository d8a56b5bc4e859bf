import { expect, it } from "vitest";
import type { PlanJson } from "../plan/changes.ts";
import { changesText, type StackChanges } from "./changes-text.ts";
import { stackDiff } from "./stack-diff.ts";

type Change = NonNullable<PlanJson["resource_changes"]>[number];
const resource = (address: string, actions: Change["change"]["actions"], more: Partial<Change> = {}): Change => ({
  address,
  mode: "managed",
  ...more,
  change: { actions, before: actions.includes("create") ? null : { a: 1 }, after: { a: 2 } },
});
const stack = (name: string, tense: StackChanges["tense"], ...resources: Change[]): StackChanges => ({
  stack: name,
  tense,
  diff: stackDiff({ resource_changes: resources }),
});
const text = (...stacks: StackChanges[]) =>
  changesText(stacks, { width: 80, verbose: false, paint: (_format, text) => text });

it("is empty without changes", () => {
  expect(text()).toBe("");
});

it("prints stacks in their order, and the destroyed and replaced resources of all of them at the end", () => {
  const plan = text(
    stack("vpc", "planned", resource("aws_vpc.A", ["update"]), resource("aws_eip.B", ["delete"])),
    stack("postgres", "planned", resource("aws_db_instance.C", ["delete", "create"])),
  );
  expect(plan.split("\n")[0]).toBe("vpc");
  expect(plan.indexOf("aws_eip.B will be destroyed")).toBeLessThan(plan.indexOf("aws_vpc.A will be updated"));
  expect(plan).toMatch(
    /\n {2}- destroys {2}vpc {7}aws_eip\.B\n-\/\+ replaces {2}postgres {2}aws_db_instance\.C\n\nPlan: 1 to change, 1 to replace, 1 to destroy in 2 stacks\.$/,
  );
});

it("uses the past tense for what was applied, and marks a stack that failed", () => {
  const applied = text(
    stack("vpc", "applied", resource("aws_vpc.A", ["create"]), resource("aws_eip.B", ["delete"])),
    stack("sum", "failed", resource("aws_lb.C", ["create"])),
  );
  expect(applied).toContain("# aws_vpc.A was created");
  expect(applied).toContain("sum failed: a part of this may not have been applied\n\n  # aws_lb.C will be created");
  expect(applied).toContain("  - destroyed  vpc  aws_eip.B");
  expect(applied).toMatch(
    /Applied: 1 added, 1 destroyed in 1 stack\.\nPlanned in stacks that failed: 1 to add in 1 stack\.$/,
  );
});

it("counts moved, imported and forgotten resources", () => {
  const change = { actions: ["no-op" as const], before: { a: 1 }, after: { a: 1 } };
  const moved = { ...resource("aws_vpc.New", ["no-op"]), previous_address: "aws_vpc.Old", change };
  const imported = {
    ...resource("aws_vpc.I", ["no-op"]),
    change: { actions: ["no-op" as const], importing: { id: "i-1" } },
  };
  expect(text(stack("vpc", "planned", moved))).toMatch(
    /# aws_vpc\.Old will move to aws_vpc\.New\n\nPlan: 1 to move in 1 stack\.$/,
  );
  expect(text(stack("vpc", "applied", imported, resource("aws_vpc.F", ["forget"])))).toMatch(
    /# aws_vpc\.I was imported\n {2}# \(imported from "i-1"\)\n\n {2}# aws_vpc\.F was removed from the state only\n\nApplied: 1 imported, 1 removed from the state only in 1 stack\.$/,
  );
});

it("names deposed objects, reasons, and reads", () => {
  const shown = text(
    stack(
      "vpc",
      "planned",
      resource("aws_eip.A", ["delete"], { deposed: "0a1b2c3d" }),
      resource("aws_eip.B", ["delete", "create"], { action_reason: "replace_by_request" }),
      resource("data.aws_region.Here", ["read"], { mode: "data", action_reason: "read_because_config_unknown" }),
      resource("aws_eip.C", ["delete"], { action_reason: "delete_because_something_new" }),
    ),
  );
  expect(shown).toContain("# aws_eip.A (deposed object 0a1b2c3d) will be destroyed");
  expect(shown).toContain("# aws_eip.B must be replaced\n  # (because its replacement was requested)");
  expect(shown).toContain("# (because its configuration refers to values that are not known yet)\n <= data");
  expect(shown).toContain("# (because delete_because_something_new)");
});

it("prints outputs alone when nothing else changes", () => {
  const diff = stackDiff({ output_changes: { url: { actions: ["update"], before: "a", after: "b" } } });
  expect(text({ stack: "vpc", tense: "planned", diff })).toBe(
    'vpc\n\n  Outputs:\n  ~ url = "a" -> "b"\n\nPlan: only outputs or addresses to change in 1 stack.',
  );
});
