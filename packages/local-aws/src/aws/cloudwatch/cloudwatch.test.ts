import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricStatisticsCommand,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openAccess, ServedService } from "../../gateway/testing/served-service.ts";
import type { Attributes } from "../../provider/resource.ts";
import { systemClock } from "../../runtime/clock.ts";
import { PATIENCE } from "../../runtime/testing/patience.ts";
import { CloudWatch } from "./cloudwatch.ts";

const ALARM: Attributes = {
  alarm_name: "errors",
  arn: "arn:aws:cloudwatch:us-east-1:000000000000:alarm:errors",
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
const LIVE = { FunctionName: "app", Resource: "app:live" };

let now: number;
let acted: { action: string; event: Record<string, unknown> }[];
let cloudWatch: CloudWatch;
let served: ServedService;
let client: CloudWatchClient;

beforeEach(async () => {
  now = systemClock.now();
  acted = [];
  cloudWatch = new CloudWatch({
    access: openAccess(),
    clock: { now: () => now },
    act: async (action, _, event) => void acted.push({ action, event }),
    counted: ["AWS/Lambda"],
    interval: 5,
  });
  served = await ServedService.start(cloudWatch.service);
  client = new CloudWatchClient(served.client);
});

afterEach(async () => {
  client.destroy();
  cloudWatch.close();
  await served.stop();
});

async function put(changes: Attributes = {}): Promise<void> {
  await cloudWatch.terraform.resources?.[0]?.start?.({ ...ALARM, ...changes });
}

async function state(AlarmNames = ["errors"]): Promise<string | undefined> {
  return (await client.send(new DescribeAlarmsCommand({ AlarmNames }))).MetricAlarms?.[0]?.StateValue;
}

describe("an alarm", () => {
  it("goes on with the value that is too much, tells it once, and goes off when that is long ago", async () => {
    await put();
    expect(await state()).toMatch(/INSUFFICIENT_DATA|OK/);
    cloudWatch.put("AWS/Lambda", LIVE, { Errors: 0 });
    expect(await state()).toBe("OK");
    acted.length = 0;
    cloudWatch.put("AWS/Lambda", { ...LIVE, Resource: "app:test" }, { Errors: 1 });
    cloudWatch.put("AWS/Lambda", LIVE, { Invocations: 7 });
    expect(await state()).toBe("OK");
    cloudWatch.put("AWS/Lambda", LIVE, { Errors: 1 });
    cloudWatch.put("AWS/Lambda", LIVE, { Errors: 1 });
    expect(await state()).toBe("ALARM");
    expect(acted).toEqual([
      {
        action: "guard",
        event: expect.objectContaining({
          source: "aws.cloudwatch",
          alarmArn: ALARM.arn,
          alarmData: expect.objectContaining({
            alarmName: "errors",
            state: expect.objectContaining({ value: "ALARM" }),
            previousState: expect.objectContaining({ value: "OK" }),
          }),
        }),
      },
    ]);
    now += 62_000;
    await vi.waitFor(async () => expect(await state()).toBe("OK"), PATIENCE);
    expect(acted.map(({ action }) => action)).toEqual(["guard", "topic"]);
  });

  it.each([
    ["notBreaching", "OK"],
    ["breaching", "ALARM"],
    ["missing", "INSUFFICIENT_DATA"],
    ["ignore", "INSUFFICIENT_DATA"],
  ])("makes of no value what it is told to: %s", async (treat_missing_data, expected) => {
    await put({ treat_missing_data });
    await vi.waitFor(async () => expect(await state()).toBe(expected), PATIENCE);
  });

  it("on what nobody here counts says nothing", async () => {
    await put({ namespace: "AWS/RDS", treat_missing_data: "breaching" });
    await put({ alarm_name: "other", treat_missing_data: "breaching" });
    await vi.waitFor(async () => expect(await state(["other"])).toBe("ALARM"), PATIENCE);
    expect(await state()).toBe("INSUFFICIENT_DATA");
  });

  it("waits for as many periods as it is told", async () => {
    await put({ evaluation_periods: 3, datapoints_to_alarm: 2 });
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
    await put({ comparison_operator, statistic, threshold });
    for (const value of [2, 3, 4]) cloudWatch.put("AWS/Lambda", LIVE, { Errors: value });
    expect(await state()).toBe(expected);
  });

  it("takes percentiles", async () => {
    await put({ statistic: null, extended_statistic: "p99", threshold: 98 });
    for (let value = 1; value <= 99; value += 1) cloudWatch.put("AWS/Lambda", LIVE, { Errors: value });
    expect(await state()).toBe("ALARM");
  });

  it("can be set by hand, and its actions be switched off", async () => {
    await put({ treat_missing_data: "ignore" });
    const on = { AlarmName: "errors", StateValue: "ALARM", StateReason: "by hand" } as const;
    await client.send(new SetAlarmStateCommand(on));
    expect([await state(), acted.length]).toEqual(["ALARM", 1]);
    await put({ treat_missing_data: "ignore", actions_enabled: false });
    await client.send(new SetAlarmStateCommand({ ...on, StateValue: "OK" }));
    expect(acted).toHaveLength(1);
    await expect(client.send(new SetAlarmStateCommand({ ...on, AlarmName: "none" }))).rejects.toThrow("does not exist");
  });
});

it("tells a metric's statistics by period", async () => {
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
