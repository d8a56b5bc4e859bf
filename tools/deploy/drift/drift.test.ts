import { describe, expect, it } from "vitest";
import type { ResourceChange } from "../plan/changes.ts";
import { driftOf, driftText } from "./drift.ts";

type Actions = ResourceChange["change"]["actions"];
const resource = (address: string, actions: Actions, before: unknown = {}, after: unknown = {}): ResourceChange => ({
  address,
  mode: "managed",
  change: { actions, before, after },
});

const PLAN = {
  resource_drift: [
    resource(
      "aws_cloudwatch_log_group.Log",
      ["update"],
      { name: "a", days: 7, tags: { x: 1 } },
      { name: "a", days: 30, tags: { x: 1 } },
    ),
    resource("aws_sqs_queue.Events", ["delete"], { name: "q" }, null),
    resource("aws_ecs_service.Display", ["update"], { desired_count: 1 }, { desired_count: 4 }),
  ],
  resource_changes: [
    resource("aws_cloudwatch_log_group.Log", ["update"]),
    resource("aws_sqs_queue.Events", ["create"]),
    resource("aws_ecs_service.Display", ["no-op"]),
    resource("aws_lambda_function.Api", ["update"]),
  ],
};

describe("driftOf", () => {
  it("separates what an apply would revert, what it would ignore, and what is not applied yet", () => {
    expect(driftOf(PLAN)).toEqual({
      drifted: [
        { address: "aws_cloudwatch_log_group.Log", how: "changed", attributes: ["days"] },
        { address: "aws_sqs_queue.Events", how: "deleted", attributes: [] },
      ],
      noticed: [{ address: "aws_ecs_service.Display", how: "changed", attributes: ["desired_count"] }],
      pending: 1,
    });
    expect(driftOf({})).toEqual({ drifted: [], noticed: [], pending: 0 });
  });
});

describe("driftText", () => {
  it("names addresses and arguments, but no values", () => {
    const secret = driftOf({
      resource_drift: [resource("aws_ssm_parameter.P", ["update"], { value: "hunter1" }, { value: "hunter2" })],
      resource_changes: [resource("aws_ssm_parameter.P", ["update"])],
    });
    expect(driftText("vpc", secret)).toBe(
      "`vpc` drifted. An apply would revert this:\n- `aws_ssm_parameter.P` was changed: `value`",
    );
    expect(driftText("sum", driftOf(PLAN))).toContain("1 more to change: the code was changed");
    expect(driftText("vpc", driftOf({}))).toBe("`vpc` has not drifted.");
  });
});
