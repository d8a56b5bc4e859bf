import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScalingActivitiesCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openAccess, ServedService } from "../../gateway/testing/served-service.ts";
import type { Attributes } from "../../provider/resource-handler.ts";
import { ManagedResources } from "../../provider/testing/managed-resources.ts";
import { arn } from "../../runtime/account.ts";
import { ApplicationAutoscaling } from "./application-autoscaling.ts";

const MINUTE = 60_000;
const RESOURCE = "service/sum/display";
const TARGET_GROUP = arn("elasticloadbalancing", "targetgroup/display/0123456789abcdef");
const TARGET: Attributes = {
  service_namespace: "ecs",
  scalable_dimension: "ecs:service:DesiredCount",
  resource_id: RESOURCE,
  min_capacity: 1,
  max_capacity: 4,
};
const POLICY: Attributes = {
  name: "requests",
  resource_id: RESOURCE,
  target_tracking_scaling_policy_configuration: [
    {
      target_value: 75,
      predefined_metric_specification: [
        {
          predefined_metric_type: "ALBRequestCountPerTarget",
          resource_label: "app/sum/fedcba9876543210/targetgroup/display/0123456789abcdef",
        },
      ],
    },
  ],
};

let desiredCount: number;
/** Number of requests to the target group; undefined while it is being replaced. */
let requests: number | undefined;
let scaling: ApplicationAutoscaling;
let resources: ManagedResources;
let target: Attributes;
let policy: Attributes;
let served: ServedService;
let client: ApplicationAutoScalingClient;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  desiredCount = 1;
  requests = 0;
  scaling = new ApplicationAutoscaling({
    access: openAccess(),
    capacityOf: () => ({
      get: () => desiredCount,
      set: (value) => {
        desiredCount = value;
      },
    }),
    requestCount: (group) => {
      expect(group).toBe(TARGET_GROUP);
      if (requests === undefined) throw new Error("The target group does not exist.");
      return requests;
    },
    minute: MINUTE,
  });
  resources = new ManagedResources(scaling.terraform);
  target = await resources.apply("aws_appautoscaling_target", TARGET);
  policy = await resources.apply("aws_appautoscaling_policy", POLICY);
  served = await ServedService.start(scaling.service);
  client = new ApplicationAutoScalingClient(served.client);
});
afterEach(async () => {
  client.destroy();
  scaling.close();
  resources.close();
  await served.stop();
  vi.useRealTimers();
});

/** Advances the time by minutes with this number of requests each. */
function advance(minutes: number, requestsPerMinute: number): void {
  for (let minute = 0; minute < minutes; minute += 1) {
    if (requests !== undefined) requests += requestsPerMinute;
    vi.advanceTimersByTime(MINUTE);
  }
}
const activities = async () => {
  const { ScalingActivities = [] } = await client.send(
    new DescribeScalingActivitiesCommand({ ServiceNamespace: "ecs", ResourceId: RESOURCE }),
  );
  return ScalingActivities.map(({ Description }) => Description);
};

it("scales out and in by the number of requests, and describes both activities", async () => {
  const { ScalableTargets } = await client.send(new DescribeScalableTargetsCommand({ ServiceNamespace: "ecs" }));
  expect(ScalableTargets).toMatchObject([{ ResourceId: RESOURCE, MinCapacity: 1, MaxCapacity: 4 }]);
  advance(3, 300);
  expect(desiredCount).toBe(4);
  advance(30, 0);
  expect(desiredCount).toBe(1);
  const descriptions = await activities();
  expect(descriptions.at(-1)).toBe("Setting desired count to 4.");
  expect(descriptions[0]).toBe("Setting desired count to 1.");
});

it("counts requests from its last change, and keeps its alarms", async () => {
  advance(2, 300);
  await resources.apply("aws_appautoscaling_policy", POLICY, policy);
  expect(desiredCount).toBe(1);
  advance(1, 300);
  expect(desiredCount).toBe(4);
});

it("applies changed limits", async () => {
  await resources.apply("aws_appautoscaling_target", { ...TARGET, max_capacity: 2 }, target);
  advance(3, 300);
  expect(desiredCount).toBe(2);
});

it("counts no requests while the target group is being replaced", () => {
  requests = undefined;
  advance(3, 300);
  expect(desiredCount).toBe(1);
});

it("does not scale after its policy is deleted", async () => {
  await resources.delete("aws_appautoscaling_policy", policy);
  advance(5, 300);
  expect(desiredCount).toBe(1);
});

it.each([
  ["aws_appautoscaling_target", { ...TARGET, service_namespace: "dynamodb" }, "ECS services only"],
  ["aws_appautoscaling_policy", { ...POLICY, resource_id: "service/sum/other" }, "No scalable target registered"],
  [
    "aws_appautoscaling_policy",
    {
      ...POLICY,
      target_tracking_scaling_policy_configuration: [
        { predefined_metric_specification: [{ predefined_metric_type: "ECSServiceAverageCPUUtilization" }] },
      ],
    },
    "ALBRequestCountPerTarget only",
  ],
])("rejects unsupported arguments of %s (%#)", async (type, attributes, reason) => {
  await expect(resources.apply(type, attributes)).rejects.toThrow(reason);
});
