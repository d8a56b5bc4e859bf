import { GetMetricStatisticsCommand, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Attributes } from "../../provider/resource-handler.ts";
import { alarmArn } from "./alarm.ts";
import { publishRequest } from "./request-metrics.ts";
import { CloudWatchHarness } from "./testing/cloudwatch-harness.ts";

/** Dimensions of the alias `live` of the function. */
const LIVE = { FunctionName: "app", Resource: "app:live" };
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

let aws: CloudWatchHarness;

beforeEach(async () => {
  aws = await CloudWatchHarness.start();
});

afterEach(() => aws.stop());

/** Creates an alarm, or updates the one with the same name. */
const apply = (changes: Attributes = {}): Promise<void> => aws.apply("metric", { ...ALARM, ...changes });

const state = (name = "errors"): Promise<string | undefined> => aws.state(name);

describe("an alarm", () => {
  it("goes to ALARM with a breaching value, runs its actions once, and returns to OK after the period", async () => {
    await apply();
    expect(await state()).toMatch(/INSUFFICIENT_DATA|OK/);
    aws.cloudWatch.put("AWS/Lambda", LIVE, { Errors: 0 });
    await expect.poll(() => state()).toBe("OK");
    aws.actions.length = 0;
    aws.cloudWatch.put("AWS/Lambda", { ...LIVE, Resource: "app:test" }, { Errors: 1 });
    aws.cloudWatch.put("AWS/Lambda", LIVE, { Invocations: 7 });
    expect(await state()).toBe("OK");
    aws.cloudWatch.put("AWS/Lambda", LIVE, { Errors: 1 });
    aws.cloudWatch.put("AWS/Lambda", LIVE, { Errors: 1 });
    await expect.poll(() => state()).toBe("ALARM");
    expect(aws.actions).toEqual([
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
        subject: 'ALARM: "errors" in US East (N. Virginia)',
        message: expect.objectContaining({
          AlarmName: "errors",
          AlarmArn: alarmArn("errors"),
          NewStateValue: "ALARM",
          OldStateValue: "OK",
          NewStateReason: expect.stringMatching(
            /^Threshold Crossed: 1 out of the last 1 datapoints \[2\.0 \(\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d\)\] was greater than the threshold \(0\.0\)\.$/,
          ),
          StateChangeTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/),
          Trigger: expect.objectContaining({
            MetricName: "Errors",
            StatisticType: "Statistic",
            Statistic: "SUM",
            Threshold: 0,
            Dimensions: [
              { name: "FunctionName", value: "app" },
              { name: "Resource", value: "app:live" },
            ],
          }),
        }),
      },
    ]);
    aws.now += 62_000;
    await expect.poll(() => state()).toBe("OK");
    expect(aws.actions.map(({ action }) => action)).toEqual(["guard", "topic"]);
  });

  it.each([
    ["notBreaching", "OK"],
    ["breaching", "ALARM"],
    ["missing", "INSUFFICIENT_DATA"],
    ["ignore", "INSUFFICIENT_DATA"],
  ])("treats missing data as %s: %s", async (treat_missing_data, expected) => {
    await apply({ treat_missing_data });
    aws.now += 61_000;
    await expect.poll(() => state()).toBe(expected);
  });

  it("does not treat data as missing that was published before it was loaded", async () => {
    await apply({ treat_missing_data: "breaching", evaluation_periods: 2 });
    aws.now += 61_000;
    await expect.poll(() => state()).toBe("OK");
    aws.now += 60_000;
    await expect.poll(() => state()).toBe("ALARM");
  });

  it("stays at INSUFFICIENT_DATA for a metric that is not published", async () => {
    await apply({ namespace: "AWS/RDS", metric_name: "ReadLatency", treat_missing_data: "breaching" });
    await apply({ alarm_name: "other", treat_missing_data: "breaching" });
    aws.now += 61_000;
    await expect.poll(() => state("other")).toBe("ALARM");
    expect(await state()).toBe("INSUFFICIENT_DATA");
  });

  it("requires the configured number of breaching periods", async () => {
    await apply({ evaluation_periods: 3, datapoints_to_alarm: 2 });
    aws.cloudWatch.put("AWS/Lambda", LIVE, { Errors: 1 });
    await expect.poll(() => state()).toBe("OK");
    aws.now += 60_000;
    aws.cloudWatch.put("AWS/Lambda", LIVE, { Errors: 1 });
    await expect.poll(() => state()).toBe("ALARM");
  });

  it.each([
    ["LessThanThreshold", "Minimum", 0, "OK"],
    ["LessThanThreshold", "Minimum", 3, "ALARM"],
    ["GreaterThanOrEqualToThreshold", "Average", 3, "ALARM"],
    ["LessThanOrEqualToThreshold", "Maximum", 3, "OK"],
    ["GreaterThanThreshold", "SampleCount", 2, "ALARM"],
  ])("compares by %s of the %s with %d", async (comparison_operator, statistic, threshold, expected) => {
    await apply({ comparison_operator, statistic, threshold });
    for (const value of [2, 3, 4]) aws.cloudWatch.put("AWS/Lambda", LIVE, { Errors: value });
    await expect.poll(() => state()).toBe(expected);
  });

  it("has shorter minutes in periods of five minutes, where these are configured", async () => {
    await aws.stop();
    aws = await CloudWatchHarness.start({ minute: 1_000 });
    await apply({ alarm_name: "minute", period: 60 });
    await apply({ period: 300 });
    aws.cloudWatch.put("AWS/Lambda", LIVE, { Errors: 1 });
    await expect.poll(() => state()).toBe("ALARM");
    aws.now += 7_000;
    await expect.poll(() => state()).toBe("OK");
    expect(await state("minute")).toBe("ALARM");
  });

  it("evaluates percentiles", async () => {
    await apply({ statistic: null, extended_statistic: "p99", threshold: 98 });
    for (let value = 1; value <= 99; value += 1) {
      aws.cloudWatch.put("AWS/Lambda", LIVE, { Errors: value });
      aws.now += 100;
    }
    await expect.poll(() => state()).toBe("ALARM");
  });

  it("runs its actions when SetAlarmState changes its state, unless actions are disabled", async () => {
    await apply({ treat_missing_data: "ignore" });
    const alarm = { AlarmName: "errors", StateValue: "ALARM", StateReason: "test" } as const;
    await aws.client.send(new SetAlarmStateCommand(alarm));
    expect([await state(), aws.actions.length]).toEqual(["ALARM", 1]);
    await apply({ treat_missing_data: "notBreaching" });
    const evaluations = { alarm_name: "evaluated", alarm_actions: ["evaluated"], treat_missing_data: "breaching" };
    await apply({ ...evaluations, dimensions: { FunctionName: "other" } });
    aws.now += 61_000;
    await expect.poll(() => state("evaluated")).toBe("ALARM");
    expect(await state()).toBe("ALARM"); // Until there is a new value.
    aws.cloudWatch.put("AWS/Lambda", LIVE, { Errors: 0 });
    await expect.poll(() => state()).toBe("OK");
    aws.actions.length = 0;
    await aws.client.send(new SetAlarmStateCommand(alarm));
    expect(aws.actions).toHaveLength(1);
    await apply({ treat_missing_data: "ignore", actions_enabled: false });
    await aws.client.send(new SetAlarmStateCommand({ ...alarm, StateValue: "OK" }));
    expect(aws.actions).toHaveLength(1);
    await expect(aws.client.send(new SetAlarmStateCommand({ ...alarm, AlarmName: "none" }))).rejects.toThrow(
      "does not exist",
    );
  });

  it.each([
    [{ StateValue: "BAD" as never }, "BAD is not one of OK, ALARM, INSUFFICIENT_DATA"],
    [{ StateReason: "x".repeat(1_024) }, "StateReason has more than 1023 characters"],
    [{ StateReasonData: "{bad" }, "StateReasonData is not JSON"],
  ])("keeps its state when SetAlarmState is invalid: %j", async (input, message) => {
    await apply({ treat_missing_data: "ignore" });
    const before = await state();
    const alarm = { AlarmName: "errors", StateValue: "ALARM", StateReason: "test" } as const;
    await expect(aws.client.send(new SetAlarmStateCommand({ ...alarm, ...input }))).rejects.toThrow(message);
    expect(await state()).toBe(before);
  });
});

it("returns the statistics of a metric by period", async () => {
  aws.now = Date.parse("2026-11-21T10:00:10Z");
  aws.cloudWatch.put("AWS/Lambda", LIVE, { Duration: 10 });
  aws.now += 60_000;
  aws.cloudWatch.put("AWS/Lambda", LIVE, { Duration: 20 });
  aws.cloudWatch.put("AWS/Lambda", LIVE, { Duration: 40 });
  const { Datapoints } = await aws.client.send(
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

describe("the metrics of requests", () => {
  const request = {
    ...{ name: "x", method: "GET", path: "/", receivedAt: 0, cloudFrontId: undefined },
    ...{ status: 200, duration: 20, servedBy: "app" },
  };
  /** The sums of the metrics of some dimensions. */
  const sums = async (Namespace: string, dimensions: Record<string, string>, names: readonly string[]) => {
    const values = names.map(async (MetricName) => {
      const { Datapoints } = await aws.client.send(
        new GetMetricStatisticsCommand({
          ...{ Namespace, MetricName, Period: 3600, Statistics: ["Sum"] },
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
          ...{ StartTime: new Date(aws.now - 60_000), EndTime: new Date(aws.now + 1) },
        }),
      );
      return Datapoints?.[0]?.Sum;
    });
    return Promise.all(values);
  };

  it("of an API are by its stage and for all stages", async () => {
    const dimensions = { ApiId: "a", Stage: "live" };
    const names = ["Count", "4xx", "5xx", "Latency"];
    for (const status of [200, 404, 502, 503, undefined]) {
      publishRequest(aws.cloudWatch, { ...request, entrance: "api-gateway", dimensions, status });
    }
    publishRequest(aws.cloudWatch, { ...request, entrance: "api-gateway", dimensions: { ApiId: "a" }, status: 404 });
    expect(await sums("AWS/ApiGateway", dimensions, names)).toEqual([5, 1, 2, 100]);
    expect(await sums("AWS/ApiGateway", { ApiId: "a" }, names)).toEqual([6, 2, 2, 120]);
  });

  it("of a load balancer tell its own errors from those of a target", async () => {
    const dimensions = { LoadBalancer: "app/web/1", TargetGroup: "targetgroup/web/2" };
    const names = ["RequestCount", "HTTPCode_ELB_5XX_Count", "HTTPCode_Target_5XX_Count", "TargetResponseTime"];
    const served = { ...request, entrance: "load-balancer", dimensions } as const;
    publishRequest(aws.cloudWatch, served);
    publishRequest(aws.cloudWatch, { ...served, status: 500 });
    publishRequest(aws.cloudWatch, { ...served, status: 502, isFailure: true });
    const { LoadBalancer } = dimensions;
    publishRequest(aws.cloudWatch, { ...served, status: 503, servedBy: undefined, dimensions: { LoadBalancer } });
    expect(await sums("AWS/ApplicationELB", { LoadBalancer }, names)).toEqual([4, 2, 1, 0.06]);
    expect(await sums("AWS/ApplicationELB", dimensions, names)).toEqual([3, undefined, 1, 0.06]);
  });

  it("of a distribution are rates", async () => {
    const dimensions = { DistributionId: "E1" };
    publishRequest(aws.cloudWatch, { ...request, entrance: "cloudfront", dimensions, status: 504 });
    const names = ["Requests", "4xxErrorRate", "5xxErrorRate"];
    expect(await sums("AWS/CloudFront", { ...dimensions, Region: "Global" }, names)).toEqual([1, 0, 100]);
  });
});

it("publishes the state of resources, whose alarms react when it ends", async () => {
  const alarm = { namespace: "AWS/RDS", metric_name: "FreeStorageSpace", dimensions: { DBInstanceIdentifier: "db" } };
  await apply({
    ...alarm,
    statistic: "SampleCount",
    comparison_operator: "LessThanThreshold",
    threshold: 1,
    treat_missing_data: "breaching",
  });
  aws.samples = [{ namespace: "AWS/RDS", dimensions: alarm.dimensions, values: { FreeStorageSpace: 1e9 } }];
  await expect.poll(() => state()).toBe("OK");
  aws.samples = [];
  aws.now += 120_000;
  await expect.poll(() => state()).toBe("ALARM");
});
