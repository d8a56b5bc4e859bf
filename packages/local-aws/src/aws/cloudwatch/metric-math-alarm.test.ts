import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Attributes } from "../../provider/resource-handler.ts";
import { CloudWatchHarness } from "./testing/cloudwatch-harness.ts";

const API = { ApiId: "a", Stage: "live" };

let aws: CloudWatchHarness;

beforeEach(async () => {
  aws = await CloudWatchHarness.start();
});

afterEach(() => aws.stop());

const metric = (id: string, metric_name: string, stat: string, period = 60): Attributes => ({
  id,
  metric: [{ namespace: "AWS/ApiGateway", metric_name, dimensions: API, stat, period }],
});

const apply = (metric_query: readonly Attributes[]): Promise<void> =>
  aws.apply("metric", {
    alarm_name: "share",
    comparison_operator: "GreaterThanThreshold",
    threshold: 10,
    evaluation_periods: 1,
    treat_missing_data: "notBreaching",
    actions_enabled: true,
    alarm_actions: ["topic"],
    metric_query,
  });

const becomes = (state: string) => expect.poll(() => aws.state("share")).toBe(state);

it("compares the value of the query that returns data, and names all queries", async () => {
  await apply([
    { id: "share", expression: "100 * FILL(errors, 0) / requests", label: "Errors in %", return_data: true },
    metric("errors", "5xx", "Sum"),
    metric("requests", "Count", "Sum"),
  ]);
  await becomes("OK");
  for (let request = 0; request < 10; request += 1) aws.cloudWatch.put("AWS/ApiGateway", API, { Count: 1, "5xx": 0 });
  aws.cloudWatch.put("AWS/ApiGateway", API, { "5xx": 1 });
  aws.now += 1_000;
  expect(await aws.state("share")).toBe("OK"); // 10 % is not more than 10 %.
  aws.cloudWatch.put("AWS/ApiGateway", API, { "5xx": 1 });
  await becomes("ALARM");
  expect(aws.actions.at(-1)?.message).toMatchObject({
    NewStateReason: expect.stringContaining("1 out of the last 1 datapoints [20.0 ("),
    Trigger: {
      Period: 60,
      Threshold: 10,
      Metrics: [
        { Id: "share", Expression: "100 * FILL(errors, 0) / requests", Label: "Errors in %", ReturnData: true },
        { Id: "errors", MetricStat: { Metric: { MetricName: "5xx", Namespace: "AWS/ApiGateway" }, Stat: "Sum" } },
        { Id: "requests", MetricStat: { Period: 60 }, ReturnData: false },
      ],
    },
  });
  const { MetricAlarms } = await aws.client.send(new DescribeAlarmsCommand({}));
  expect(MetricAlarms?.[0]?.Metrics?.map(({ Id }) => Id)).toEqual(["share", "errors", "requests"]);
});

it("evaluates a percentile rank", async () => {
  await apply([{ id: "slow", expression: "100 - fast", return_data: true }, metric("fast", "Latency", "PR(:500)")]);
  for (const Latency of [100, 200, 300, 400, 500, 500, 400, 300, 200])
    aws.cloudWatch.put("AWS/ApiGateway", API, { Latency });
  await becomes("OK");
  for (const Latency of [501, 900]) aws.cloudWatch.put("AWS/ApiGateway", API, { Latency });
  await becomes("ALARM");
});

it.each([
  ["errors +", "Expected expression after +"],
  ["SUM(share)", "The expression share refers to itself"],
  ["unknown", "unknown is not the ID of a query"],
])("is rejected with the expression %s", async (expression, message) => {
  await expect(apply([{ id: "share", expression, return_data: true }])).rejects.toThrow(message);
});

it("stays at INSUFFICIENT_DATA while a metric of it is not published", async () => {
  await apply([
    { id: "sum", expression: "other + count", return_data: true },
    metric("other", "Unknown", "Sum"),
    metric("count", "Count", "Sum"),
  ]);
  aws.cloudWatch.put("AWS/ApiGateway", API, { Count: 100, Unknown: 100 });
  aws.now += 120_000;
  await becomes("INSUFFICIENT_DATA");
});
