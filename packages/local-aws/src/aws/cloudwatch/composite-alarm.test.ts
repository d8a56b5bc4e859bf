import { DescribeAlarmsCommand, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Attributes } from "../../provider/resource-handler.ts";
import { alarmArn } from "./alarm.ts";
import { CloudWatchHarness } from "./testing/cloudwatch-harness.ts";

const MINUTE_MS = 60_000;
const RULE = "ALARM(errors) AND NOT ALARM(maintenance)";

let aws: CloudWatchHarness;

beforeEach(async () => {
  aws = await CloudWatchHarness.start();
  for (const alarm_name of ["errors", "maintenance", "database"]) {
    const metric = { namespace: "AWS/Lambda", metric_name: "Errors", dimensions: { FunctionName: alarm_name } };
    const condition = { comparison_operator: "GreaterThanThreshold", threshold: 0, statistic: "Sum" };
    const periods = { period: 60, evaluation_periods: 1, treat_missing_data: "ignore" };
    await aws.apply("metric", { alarm_name, ...metric, ...condition, ...periods });
    await set(alarm_name, "OK");
  }
});

afterEach(() => aws.stop());

const applyComposite = (changes: Attributes = {}): Promise<void> =>
  aws.apply("composite", {
    alarm_name: "service",
    alarm_rule: RULE,
    alarm_actions: ["topic"],
    ok_actions: ["topic"],
    ...changes,
  });

const set = (AlarmName: string, StateValue: "ALARM" | "OK") =>
  aws.client.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: "test" }));

const becomes = (state: string) => expect.poll(() => aws.state("service")).toBe(state);

/** The states of which the topic was notified. */
const notified = (): readonly unknown[] =>
  aws.actions.map(({ message }) => (message as { readonly NewStateValue: string }).NewStateValue);

describe("a composite alarm", () => {
  it("has the state of its rule, and notifies of its changes", async () => {
    await applyComposite();
    await becomes("OK");
    expect(notified()).toEqual(["OK"]);
    await set("errors", "ALARM");
    await becomes("ALARM");
    expect(aws.actions.at(-1)).toMatchObject({
      action: "topic",
      subject: 'ALARM: "service" in US East (N. Virginia)',
      message: {
        AlarmName: "service",
        AlarmArn: alarmArn("service"),
        AlarmRule: RULE,
        OldStateValue: "OK",
        NewStateReason: expect.stringMatching(
          /:alarm:errors transitioned to ALARM at [A-Z]\w+day \d\d \w+, 20\d\d \d\d:\d\d:\d\d UTC$/,
        ),
        TriggeringChildren: [{ Arn: alarmArn("errors"), State: { Value: "ALARM" } }],
      },
    });
    await set("maintenance", "ALARM");
    await becomes("OK");
    expect(notified()).toEqual(["OK", "ALARM", "OK"]);
  });

  it("is described only when composite alarms are requested", async () => {
    await applyComposite({ actions_suppressor: [{ alarm: "database", wait_period: 60, extension_period: 30 }] });
    const describeAlarms = (AlarmTypes?: ("CompositeAlarm" | "MetricAlarm")[]) =>
      aws.client.send(new DescribeAlarmsCommand({ ...(AlarmTypes && { AlarmTypes }) }));
    expect(await describeAlarms()).toMatchObject({ MetricAlarms: { length: 3 }, CompositeAlarms: [] });
    expect(await describeAlarms(["CompositeAlarm"])).toMatchObject({
      MetricAlarms: [],
      CompositeAlarms: [
        { AlarmName: "service", AlarmRule: RULE, ActionsSuppressor: "database", ActionsSuppressorWaitPeriod: 60 },
      ],
    });
  });

  it("keeps a state that was set until an alarm in its rule changes", async () => {
    await applyComposite();
    await becomes("OK");
    aws.now += 1_000;
    await set("service", "ALARM");
    aws.now += 1_000;
    await set("errors", "ALARM");
    await set("errors", "OK");
    await becomes("OK");
  });

  it.each([
    [{ alarm_rule: "ALARM(unknown)" }, "refers to alarms that do not exist: unknown"],
    [{ alarm_rule: "errors" }, "AlarmRule: An alarm rule consists of"],
    [{ actions_suppressor: [{ alarm: "missing" }] }, "do not exist: missing"],
  ])("is rejected with %j", async (changes, message) => {
    await expect(applyComposite(changes)).rejects.toThrow(message);
  });
});

describe("a suppressor", () => {
  beforeEach(async () => {
    await applyComposite({ actions_suppressor: [{ alarm: "database", wait_period: 120, extension_period: 60 }] });
    await becomes("OK");
    await expect.poll(notified).toEqual(["OK"]);
    aws.actions.length = 0;
  });

  it("delays the actions by its wait period", async () => {
    await set("errors", "ALARM");
    await becomes("ALARM");
    aws.now += 2 * MINUTE_MS - 1;
    expect(notified()).toEqual([]);
    aws.now += 1;
    await expect.poll(notified).toEqual(["ALARM"]);
    await set("errors", "OK");
    await expect.poll(notified).toEqual(["ALARM", "OK"]);
  });

  it("suppresses the actions of an alarm that starts and ends with it", async () => {
    await set("errors", "ALARM");
    await becomes("ALARM");
    aws.now += MINUTE_MS;
    await set("database", "ALARM");
    aws.now += 10 * MINUTE_MS;
    await set("errors", "OK");
    await becomes("OK");
    await set("database", "OK");
    aws.now += 2 * MINUTE_MS;
    await becomes("OK");
    expect(notified()).toEqual([]);
  });

  it("runs the actions of an alarm that continues after it and its extension period", async () => {
    await set("database", "ALARM");
    await set("errors", "ALARM");
    await becomes("ALARM");
    aws.now += 10 * MINUTE_MS;
    await set("database", "OK");
    aws.now += MINUTE_MS - 1;
    expect(notified()).toEqual([]);
    aws.now += 1;
    await expect.poll(notified).toEqual(["ALARM"]);
  });
});
