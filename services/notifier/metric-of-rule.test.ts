import { expect, it } from "vitest";
import { AwsConnectionError } from "../../lib/aws/aws-error.ts";
import type { CloudWatch } from "../../lib/aws/cloudwatch.ts";
import type { Log } from "../../lib/log/log.ts";
import { parseAlarmChange } from "./alarm-change.ts";
import { withMetricOfRule } from "./metric-of-rule.ts";
import { alarmMessage } from "./testing/alarm-message.ts";

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const { Trigger: _, ...message } = alarmMessage({ AlarmRule: 'ALARM("one") AND ALARM("other")' });
const composite = parseAlarmChange(message);

const described = (AlarmName: string, changedAt: number, value: string) => ({
  AlarmName,
  StateReason: `Threshold Crossed: 1 out of the last 1 datapoints [${value} (28/11/26 04:25:00)] was greater than 5.0.`,
  StateUpdatedTimestamp: changedAt,
  Namespace: "AWS/ApiGateway",
  MetricName: "5xx",
  Dimensions: [{ Name: "ApiId", Value: "a" }],
  Statistic: "Sum",
  Period: 300,
  EvaluationPeriods: 1,
  Threshold: 5,
  ComparisonOperator: "GreaterThanThreshold",
});

it("adds the metric of the alarm that has changed last", async () => {
  const calls: unknown[] = [];
  const cloudWatch = {
    call: async (action: string, input: object) => {
      calls.push([action, input]);
      return { MetricAlarms: [described("one", 1_795_000_000.5, "9.0"), described("other", 1_795_000_100, "7.0")] };
    },
  } as unknown as CloudWatch;
  expect((await withMetricOfRule(composite, cloudWatch, silent)).metric).toEqual({
    namespace: "AWS/ApiGateway",
    name: "5xx",
    statistic: "Sum",
    dimensions: { ApiId: "a" },
    comparison: "GreaterThanThreshold",
    threshold: 5,
    period: 300,
    evaluationPeriods: 1,
    value: 7,
  });
  expect(calls).toEqual([["DescribeAlarms", { AlarmNames: ["one", "other"], AlarmTypes: ["MetricAlarm"] }]]);
});

it("delivers the change without a metric when there is none, or when CloudWatch does not respond", async () => {
  const empty = { call: async () => ({ MetricAlarms: [] }) } as unknown as CloudWatch;
  expect(await withMetricOfRule(composite, empty, silent)).toEqual(composite);
  const warnings: unknown[] = [];
  const unavailable = {
    call: async () => {
      throw new AwsConnectionError("CloudWatch", new Error("timeout"));
    },
  };
  const log = { ...silent, warn: (text: string) => void warnings.push(text) };
  expect(await withMetricOfRule(composite, unavailable, log)).toEqual(composite);
  expect(warnings).toEqual(["The metric of a composite alarm is not known"]);
});

it("asks nothing about an alarm on a metric", async () => {
  const change = parseAlarmChange(alarmMessage());
  const none = {
    call: () => {
      throw new TypeError("An alarm on a metric needs no call.");
    },
  };
  expect(await withMetricOfRule(change, none, silent)).toBe(change);
});
