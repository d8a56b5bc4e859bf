import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScalingActivitiesCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openAccess, ServedService } from "../../gateway/testing/served-service.ts";
import type { Attributes } from "../../provider/resource.ts";
import { ApplicationAutoscaling } from "./application-autoscaling.ts";

const MINUTE = 60_000;
const RESOURCE = "service/sum/display";
const GROUP = "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/display/0123456789abcdef";
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

let copies: number;
/** That went to the target group so far; undefined while it is being replaced. */
let requests: number | undefined;
let scaling: ApplicationAutoscaling;
let served: ServedService;
let client: ApplicationAutoScalingClient;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  copies = 1;
  requests = 0;
  scaling = new ApplicationAutoscaling({
    access: openAccess(),
    capacityOf: () => ({
      get: () => copies,
      set: (value) => {
        copies = value;
      },
    }),
    requests: (group) => {
      expect(group).toBe(GROUP);
      if (requests === undefined) throw new Error("no such target group");
      return requests;
    },
    minute: MINUTE,
  });
  await start("aws_appautoscaling_target", TARGET);
  await start("aws_appautoscaling_policy", POLICY);
  served = await ServedService.start(scaling.service);
  client = new ApplicationAutoScalingClient(served.client);
});
afterEach(async () => {
  client.destroy();
  scaling.close();
  await served.stop();
  vi.useRealTimers();
});

const handler = (type: string) => scaling.terraform.resources?.find((one) => one.type === type);
const start = async (type: string, attributes: Attributes) => handler(type)?.start?.(attributes);

/** Minutes with so many requests each. */
function pass(minutes: number, each: number): void {
  for (let minute = 0; minute < minutes; minute += 1) {
    if (requests !== undefined) requests += each;
    vi.advanceTimersByTime(MINUTE);
  }
}
const activities = async () => {
  const { ScalingActivities = [] } = await client.send(
    new DescribeScalingActivitiesCommand({ ServiceNamespace: "ecs", ResourceId: RESOURCE }),
  );
  return ScalingActivities.map(({ Description }) => Description);
};

it("brings copies when there are requests, takes them away when there are none, and tells of both", async () => {
  const { ScalableTargets } = await client.send(new DescribeScalableTargetsCommand({ ServiceNamespace: "ecs" }));
  expect(ScalableTargets).toMatchObject([{ ResourceId: RESOURCE, MinCapacity: 1, MaxCapacity: 4 }]);
  pass(3, 300);
  expect(copies).toBe(4);
  pass(30, 0);
  expect(copies).toBe(1);
  const told = await activities();
  expect(told.at(-1)).toBe("Setting desired count to 4.");
  expect(told[0]).toBe("Setting desired count to 1.");
});

it("counts from where it was applied again, and keeps what it knows", async () => {
  pass(2, 300);
  await start("aws_appautoscaling_policy", POLICY);
  expect(copies).toBe(1);
  pass(1, 300);
  expect(copies).toBe(4);
});

it("follows new bounds", async () => {
  await start("aws_appautoscaling_target", { ...TARGET, max_capacity: 2 });
  pass(3, 300);
  expect(copies).toBe(2);
});

it("sees no requests while the target group is being replaced", () => {
  requests = undefined;
  pass(3, 300);
  expect(copies).toBe(1);
});

it("leaves the service alone without the policy", async () => {
  await handler("aws_appautoscaling_policy")?.delete?.(POLICY);
  pass(5, 300);
  expect(copies).toBe(1);
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
])("refuses what it cannot do: %s %#", async (type, attributes, reason) => {
  await expect(start(type, attributes)).rejects.toThrow(reason);
});
