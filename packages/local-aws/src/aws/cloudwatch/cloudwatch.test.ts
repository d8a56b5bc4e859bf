import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricStatisticsCommand,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openAccess, ServedService } from "../../gateway/testing/served-service.ts";
import type { Attributes } from "../../provider/resource-handler.ts";
import { ManagedResources } from "../../provider/testing/managed-resources.ts";
import { systemClock } from "../../runtime/clock.ts";
import { alarmArn } from "./alarm.ts";
import { CloudWatch } from "./cloudwatch.ts";

const METRIC_ALARM = "aws_cloudwatch_metric_alarm";
const ALARM = {
  alarm_name: "errors",
  namespace: "AWS/Lambda",
  metric_name: "Errors",
  dimensions: { FunctionName: "app", Resource: "app:live" },
  statistic: "Sum",
  comparison_operator: "GreaterThanThreshold",
  threshold: 0,
  period: 60,
  evaluation_periods: 1,
  treat_missing_data: "notBreaching",
  actions_enabled: true,
  alarm_actions: ["guard"],
  ok_actions: ["topic"],
};
/** Dimensions of the alias `live` of the function. */
const LIVE = { FunctionName: "app", Resource: "app:live" };

let now: number;
let actions: { action: string; event: Record<string, unknown> }[];
let cloudWatch: CloudWatch;
let served: ServedService;
let client: CloudWatchClient;
let resources: ManagedResources;
let alarms: Map<string, Attributes>;

beforeEach(async () => {
  now = systemClock.now();
  actions = [];
  cloudWatch = new CloudWatch({
    access: openAccess(),
    clock: { now: () => now },
    runAction: async (action, _, event) => void actions.push({ action, event }),
    namespaces: ["AWS/Lambda"],
    interval: 5,
  });
  served = await ServedService.start(cloudWatch.service);
  client = new CloudWatchClient(served.client);
  resources = new ManagedResources(cloudWatch.terraform);
  alarms = new Map();
});

afterEach(async () => {
  client.destroy();
  resources.close();
  cloudWatch.close();
  await served.stop();
});

/** Creates an alarm, or updates the one with the same name. */
async function apply(changes: Attributes = {}): Promise<void> {
  const config: Attributes = { ...ALARM, ...changes };
  const name = String(config.alarm_name);
  alarms.set(name, await resources.apply(METRIC_ALARM, config, alarms.get(name)));
}

async function state(AlarmNames = ["errors"]): Promise<string | undefined> {
  return (await client.send(new DescribeAlarmsCommand({ AlarmNames }))).MetricAlarms?.[0]?.StateValue;
}

describe("an alarm", () => {
  it("goes to ALARM with a breaching value, runs its actions once, and returns to OK after the period", async () => {
    await apply();
    expect(await state()).toMatch(/INSUFFICIENT_DATA|OK/);
    cloudWatch.put("AWS/Lambda", LIVE, { Errors: 0 });
    expect(await state()).toBe("OK");
    actions.length = 0;
    cloudWatch.put("AWS/Lambda", { ...LIVE, Resource: "app:test" }, { Errors: 1 });
    cloudWatch.put("AWS/Lambda", LIVE, { Invocations: 7 });
    expect(await state()).toBe("OK");
    cloudWatch.put("AWS/Lambda", LIVE, { Errors: 1 });
    cloudWatch.put("AWS/Lambda", LIVE, { Errors: 1 });
    expect(await state()).toBe("ALARM");
    expect(actions).toEqual([
      {
        action: "guard",
        event: expect.objectContaining({
          source: "aws.cloudwatch",
          alarmArn: alarmArn("errors"),
          alarmData: expect.objectContaining({
            alarmName: "errors",
            state: expect.objectContaining({ value: "ALARM" }),
            previousState: expect.objectContaining({ value: "OK" }),
          }),
        }),
      },
    ]);
    now += 62_000;
    await expect.poll(() => state()).toBe("OK");
    expect(actions.map(({ action }) => action)).toEqual(["guard", "topic"]);
  });

  it.each([
    ["notBreaching", "OK"],
    ["breaching", "ALARM"],
    ["missing", "INSUFFICIENT_DATA"],
    ["ignore", "INSUFFICIENT_DATA"],
  ])("treats missing data as %s: %s", async (treat_missing_data, expected) => {
    await apply({ treat_missing_data });
    await expect.poll(() => state()).toBe(expected);
  });

  it("stays at INSUFFICIENT_DATA for a namespace without metrics", async () => {
    await apply({ namespace: "AWS/RDS", treat_missing_data: "breaching" });
    await apply({ alarm_name: "other", treat_missing_data: "breaching" });
    await expect.poll(() => state(["other"])).toBe("ALARM");
    expect(await state()).toBe("INSUFFICIENT_DATA");
  });

  it("requires the configured number of breaching periods", async () => {
    await apply({ evaluation_periods: 3, datapoints_to_alarm: 2 });
    cloudWatch.put("AWS/Lambda", LIVE, { Errors: 1 });
    expect(await state()).toBe("OK");
    now += 60_000;
    cloudWatch.put("AWS/Lambda", LIVE, { Errors: 1 });
    expect(await state()).toBe("ALARM");
  });

  it.each([
    ["LessThanThreshold", "Minimum", 0, "OK"],
    ["LessThanThreshold", "Minimum", 3, "ALARM"],
    ["GreaterThanOrEqualToThreshold", "Average", 3, "ALARM"],
    ["LessThanOrEqualToThreshold", "Maximum", 3, "OK"],
    ["GreaterThanThreshold", "SampleCount", 2, "ALARM"],
  ])("compares by %s of the %s with %d", async (comparison_operator, statistic, threshold, expected) => {
    await apply({ comparison_operator, statistic, threshold });
    for (const value of [2, 3, 4]) cloudWatch.put("AWS/Lambda", LIVE, { Errors: value });
    expect(await state()).toBe(expected);
  });

  it("evaluates percentiles", async () => {
    await apply({ statistic: null, extended_statistic: "p99", threshold: 98 });
    for (let value = 1; value <= 99; value += 1) cloudWatch.put("AWS/Lambda", LIVE, { Errors: value });
    expect(await state()).toBe("ALARM");
  });

  it("runs its actions when SetAlarmState changes its state, unless actions are disabled", async () => {
    await apply({ treat_missing_data: "ignore" });
    const alarm = { AlarmName: "errors", StateValue: "ALARM", StateReason: "test" } as const;
    await client.send(new SetAlarmStateCommand(alarm));
    expect([await state(), actions.length]).toEqual(["ALARM", 1]);
    await apply({ treat_missing_data: "ignore", actions_enabled: false });
    await client.send(new SetAlarmStateCommand({ ...alarm, StateValue: "OK" }));
    expect(actions).toHaveLength(1);
    await expect(client.send(new SetAlarmStateCommand({ ...alarm, AlarmName: "none" }))).rejects.toThrow(
      "does not exist",
    );
  });
});

it("returns the statistics of a metric by period", async () => {
  now = Date.parse("2026-11-21T10:00:10Z");
  cloudWatch.put("AWS/Lambda", LIVE, { Duration: 10 });
  now += 60_000;
  cloudWatch.put("AWS/Lambda", LIVE, { Duration: 20 });
  cloudWatch.put("AWS/Lambda", LIVE, { Duration: 40 });
  const { Datapoints } = await client.send(
    new GetMetricStatisticsCommand({
      Namespace: "AWS/Lambda",
      MetricName: "Duration",
      Dimensions: Object.entries(LIVE).map(([Name, Value]) => ({ Name, Value })),
      StartTime: new Date("2026-11-21T10:00:00Z"),
      EndTime: new Date("2026-11-21T10:10:00Z"),
      Period: 60,
      Statistics: ["Average", "SampleCount"],
    }),
  );
  expect(Datapoints?.map(({ Average, SampleCount }) => [Average, SampleCount])).toEqual([
    [10, 1],
    [30, 2],
  ]);
});
