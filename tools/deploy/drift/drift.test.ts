import { describe, expect, it } from "vitest";
import type { PlanJson, ResourceChange } from "../plan/changes.ts";
import { type Drift, driftOf, driftText } from "./drift.ts";
import { driftDiff } from "./drift-diff.ts";

type Actions = ResourceChange["change"]["actions"];
const resource = (address: string, actions: Actions, before: unknown = {}, after: unknown = {}): ResourceChange => ({
  address,
  mode: "managed",
  change: { actions, before, after },
});

const LOG = { name: "a", days: 7, tags: { x: 1 }, stored: 0 };
const PLAN = {
  resource_drift: [
    resource("aws_cloudwatch_log_group.Log", ["update"], LOG, { ...LOG, days: 30, stored: 5 }),
    resource("aws_sqs_queue.Events", ["delete"], { name: "q" }, null),
    resource("aws_ecs_service.Display", ["update"], { desired_count: 1 }, { desired_count: 4 }),
    resource("aws_iam_role.Moved", ["no-op"]),
  ],
  resource_changes: [
    resource("aws_cloudwatch_log_group.Log", ["update"], { ...LOG, days: 30, stored: 5 }, { ...LOG, stored: 5 }),
    resource("aws_sqs_queue.Events", ["create"], null, { name: "q" }),
    resource("aws_ecs_service.Display", ["no-op"]),
    resource("aws_lambda_function.Api", ["update"]),
  ],
};
const ROLES: Readonly<Record<string, "ignored" | "unset">> = { desired_count: "ignored", stored: "unset" };
const drift = (plan: PlanJson) => driftOf(plan, (_address, attribute) => ROLES[attribute] ?? "set");
const text = (stacks: Record<string, Drift>, verbose = false) =>
  driftDiff(new Map(Object.entries(stacks)), { width: 80, verbose, paint: (_format, text) => text });

describe("driftOf", () => {
  it("separates what an apply would revert, what it would ignore, and what is not applied yet", () => {
    expect(drift(PLAN)).toMatchObject({
      drifted: [
        { address: "aws_sqs_queue.Events", how: "deleted", attributes: [] },
        { address: "aws_cloudwatch_log_group.Log", how: "changed", attributes: ["days"] },
      ],
      noticed: [
        {
          address: "aws_cloudwatch_log_group.Log",
          attributes: ["stored"],
          reasons: { stored: "not set in the configuration" },
        },
        {
          address: "aws_ecs_service.Display",
          how: "changed",
          attributes: ["desired_count"],
          reasons: { desired_count: "in ignore_changes of the configuration" },
        },
      ],
      pending: 1,
    });
    expect(drift({})).toEqual({ drifted: [], noticed: [], pending: 0 });
  });

  it("does not count a change of the code as drift of another argument", () => {
    const plan = {
      resource_drift: [resource("aws_lb.A", ["update"], { x: 1, y: 1 }, { x: 2, y: 1 })],
      resource_changes: [resource("aws_lb.A", ["update"], { x: 2, y: 1 }, { x: 2, y: 2 })],
    };
    expect(drift(plan)).toMatchObject({
      drifted: [],
      noticed: [{ attributes: ["x"], reasons: { x: "equivalent to the configuration" } }],
      pending: 1,
    });
  });

  it("counts every difference of a resource that is replaced", () => {
    const plan = {
      resource_drift: [resource("aws_lb.A", ["update"], { x: 1 }, { x: 2 })],
      resource_changes: [resource("aws_lb.A", ["delete", "create"], { x: 2, y: 1 }, { x: 2, y: 2 })],
    };
    expect(drift(plan)).toMatchObject({ drifted: [{ attributes: ["x"] }], noticed: [], pending: 0 });
  });
});

describe("driftText", () => {
  it("names addresses, arguments and reasons, but no values", () => {
    const secret = drift({
      resource_drift: [resource("aws_ssm_parameter.P", ["update"], { value: "hunter1" }, { value: "hunter2" })],
      resource_changes: [resource("aws_ssm_parameter.P", ["update"], { value: "hunter2" }, { value: "hunter1" })],
    });
    expect(driftText("vpc", secret)).toBe(
      "`vpc` drifted. An apply would revert this:\n- `aws_ssm_parameter.P` was changed: `value`",
    );
    expect(driftText("sum", drift(PLAN))).toContain("1 more to change: the code was changed");
    expect(driftText("sum", drift(PLAN))).toContain(
      "Also different; an apply would not change it:\n" +
        "- `aws_cloudwatch_log_group.Log` was changed: `stored` (not set in the configuration)\n" +
        "- `aws_ecs_service.Display` was changed: `desired_count` (in ignore_changes of the configuration)",
    );
    expect(driftText("vpc", drift({}))).toBe("`vpc` has not drifted.");
  });
});

describe("driftDiff", () => {
  it("shows what was changed by hand, then the ignored differences with their reasons, then the totals", () => {
    expect(text({ sum: drift(PLAN), vpc: drift({}) })).toBe(`sum

  # aws_sqs_queue.Events was deleted outside of Terraform

  # aws_cloudwatch_log_group.Log was changed outside of Terraform
  ~ resource "aws_cloudwatch_log_group" "Log" {
      ~ days = 7 -> 30
        name = "a"
        # (1 unchanged attribute hidden)
    }

  Differences that an apply ignores:
  ~ aws_cloudwatch_log_group.Log
        stored: not set in the configuration
  ~ aws_ecs_service.Display
        desired_count: in ignore_changes of the configuration

    1 resource is to be changed by the code, which is not applied yet.

Drift: 2 resources that an apply would revert; differences that it ignores in 2 resources.`);
  });

  it("shows the values of ignored differences when it is verbose", () => {
    const verbose = text({ sum: drift(PLAN) }, true);
    expect(verbose).toContain("~ desired_count = 1 -> 4");
    expect(verbose).toContain('- resource "aws_sqs_queue" "Events" {\n      - name = "q" -> null');
  });

  it("says that there is none", () => {
    expect(text({ vpc: drift({}) })).toBe("Drift: none that an apply would revert.");
  });

  it("names a resource that was deleted and is not in the configuration either", () => {
    const plan = { resource_drift: [resource("aws_sqs_queue.Old", ["delete"], { name: "q" }, null)] };
    expect(text({ vpc: drift(plan) })).toContain("- aws_sqs_queue.Old  # not in the configuration either");
  });
});
