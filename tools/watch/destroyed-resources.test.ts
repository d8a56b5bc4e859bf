import { expect, it } from "vitest";
import type { PlanJson } from "../deploy/plan/changes.ts";
import { destroyedResources } from "./destroyed-resources.ts";

type Change = NonNullable<PlanJson["resource_changes"]>[number];

const change = (type: string, ...actions: Change["change"]["actions"]): Change => ({
  address: `${type}.Main`,
  mode: "managed",
  type,
  change: { actions },
});

it("lists what is destroyed and replaced", () => {
  const resource_changes = [
    change("aws_vpc", "create"),
    change("aws_lambda_function", "update"),
    change("aws_sqs_queue", "delete"),
    change("aws_db_instance", "delete", "create"),
    change("aws_subnet", "create", "delete"),
    change("aws_ssm_parameter", "no-op"),
  ];
  expect(destroyedResources({ resource_changes })).toEqual([
    "aws_sqs_queue.Main",
    "aws_db_instance.Main (replaced)",
    "aws_subnet.Main (replaced)",
  ]);
  expect(destroyedResources({})).toEqual([]);
});

it("leaves out versions that a new one follows, unless they are destroyed for good", () => {
  const types = ["aws_ecs_task_definition", "aws_lambda_invocation", "aws_s3_object"];
  expect(destroyedResources({ resource_changes: types.map((type) => change(type, "delete", "create")) })).toEqual([]);
  expect(destroyedResources({ resource_changes: types.map((type) => change(type, "delete")) })).toHaveLength(3);
});
