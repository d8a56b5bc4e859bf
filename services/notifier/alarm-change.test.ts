import { expect, it } from "vitest";
import { InvalidMessageError, parseAlarmChange } from "./alarm-change.ts";
import { alarmMessage } from "./testing/alarm-message.ts";

it("reads what an alarm on a metric publishes", () => {
  expect(parseAlarmChange(alarmMessage())).toEqual({
    name: "nv-demo-api-errors",
    arn: "arn:aws:cloudwatch:us-east-1:123456789012:alarm:nv-demo-api-errors",
    account: "123456789012",
    region: "us-east-1",
    text: "Api: the Lambda function returned errors",
    severity: "critical",
    children: [],
    runbook: "https://example.com/runbooks/functions.md#errors",
    state: "ALARM",
    previousState: "OK",
    changedAt: "2026-11-28T04:30:12.345Z",
    reason: expect.stringContaining("Threshold Crossed"),
    metric: {
      namespace: "AWS/Lambda",
      name: "Errors",
      statistic: "SUM",
      dimensions: { FunctionName: "nv-demo-api" },
      comparison: "GreaterThanThreshold",
      threshold: 0,
      period: 300,
      evaluationPeriods: 1,
      value: 3,
    },
  });
});

it("reads the message of an alarm without a metric of its own, without a description and without a reason", () => {
  const trigger = { Metrics: [{ Id: "m1", Expression: "a/b" }], Period: 60, Threshold: 5 };
  const message = alarmMessage({ Trigger: trigger, AlarmDescription: null, NewStateReason: null });
  expect(parseAlarmChange(message)).toMatchObject({ metric: undefined, text: "", severity: "critical", reason: "" });
  expect(parseAlarmChange(alarmMessage({ Trigger: undefined })).metric).toBeUndefined();
});

it("reads the message of an alarm on an expression, whose metrics have a common period", () => {
  const stat = (MetricName: string) => ({
    Metric: { Namespace: "AWS/ApiGateway", MetricName, Dimensions: [{ name: "ApiId", value: "a" }] },
    Period: 3600,
    Stat: "Sum",
  });
  const Trigger = {
    Period: 3600,
    EvaluationPeriods: 1,
    ComparisonOperator: "GreaterThanThreshold",
    Threshold: 1.44,
    Metrics: [
      { Id: "bad", Expression: "100 * errors / requests", Label: "Bad requests in %", ReturnData: true },
      { Id: "errors", MetricStat: stat("5xx"), ReturnData: false },
      { Id: "requests", MetricStat: stat("Count"), ReturnData: false },
    ],
  };
  expect(parseAlarmChange(alarmMessage({ Trigger })).metric).toEqual({
    namespace: "AWS/ApiGateway",
    name: "Bad requests in %",
    statistic: "",
    dimensions: { ApiId: "a" },
    comparison: "GreaterThanThreshold",
    threshold: 1.44,
    period: 3600,
    evaluationPeriods: 1,
    value: 3,
  });
});

it("reads the alarms in the rule of a composite alarm", () => {
  const { Trigger: _, ...message } = alarmMessage({ AlarmRule: 'ALARM("slow") AND NOT ALARM("gone")' });
  expect(parseAlarmChange(message)).toMatchObject({ metric: undefined, children: ["slow", "gone"] });
  expect(parseAlarmChange(alarmMessage()).children).toEqual([]);
});

it.each([
  ["no datapoints were received for 1 period", undefined],
  ["1 datapoint [-1.5E-4 (01/01/26 00:00:00)] was less", -0.00015],
  ["2 datapoints [12.0 (01/01/26 00:05:00), 3.0 (01/01/26 00:00:00)] were greater", 12],
])("reads the newest value from the reason: %s", (NewStateReason, value) => {
  expect(parseAlarmChange(alarmMessage({ NewStateReason })).metric?.value).toBe(value);
});

it.each([
  [null, "the message"],
  [{}, "AlarmName"],
  [alarmMessage({ NewStateValue: "BROKEN" }), "NewStateValue"],
  [alarmMessage({ StateChangeTime: "yesterday" }), "StateChangeTime"],
  [alarmMessage({ AlarmArn: "arn:aws:sns:us-east-1:123456789012:topic" }), "AlarmArn"],
])("rejects what is no message of an alarm, and names the reason: %#", (message, member) => {
  expect(() => parseAlarmChange(message)).toThrow(InvalidMessageError);
  expect(() => parseAlarmChange(message)).toThrow(member);
});
