import { GetMetricDataCommand, type GetMetricDataCommandInput, ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CloudWatchHarness } from "./testing/cloudwatch-harness.ts";

const MINUTE = 60_000;
const API = { ApiId: "api" };

let aws: CloudWatchHarness;
/** A whole minute, from which the tests publish. */
let start: number;

beforeEach(async () => {
  aws = await CloudWatchHarness.start();
  start = Math.ceil(aws.now / MINUTE) * MINUTE;
});
afterEach(() => aws.stop());

/** Publishes a value in each minute; nothing for undefined. */
function publish(metric: string, values: readonly (number | undefined)[]): void {
  for (const [minute, value] of values.entries()) {
    aws.now = start + minute * MINUTE;
    if (value !== undefined) aws.cloudWatch.put("AWS/ApiGateway", API, { [metric]: value });
  }
  aws.now = start + values.length * MINUTE;
}

const metric = (Id: string, MetricName: string, options: object = {}) => ({
  Id,
  MetricStat: {
    Metric: { Namespace: "AWS/ApiGateway", MetricName, Dimensions: [{ Name: "ApiId", Value: "api" }] },
    Period: 60,
    Stat: "Sum",
  },
  ...options,
});

const read = (input: Partial<GetMetricDataCommandInput>) =>
  aws.client.send(
    new GetMetricDataCommand({
      MetricDataQueries: [metric("m1", "Count")],
      StartTime: new Date(start),
      EndTime: new Date(aws.now),
      ...input,
    }),
  );

describe("GetMetricData", () => {
  it("returns the values of the periods with data, the newest first by default", async () => {
    publish("Count", [1, undefined, 3]);
    const { MetricDataResults: newest } = await read({});
    expect(newest).toEqual([
      {
        Id: "m1",
        Label: "Count",
        Timestamps: [new Date(start + 2 * MINUTE), new Date(start)],
        Values: [3, 1],
        StatusCode: "Complete",
      },
    ]);
    const { MetricDataResults: oldest } = await read({ ScanBy: "TimestampAscending" });
    expect(oldest?.[0]?.Values).toEqual([1, 3]);
  });

  it("computes expressions, and returns only what is requested", async () => {
    publish("Count", [10, 20]);
    aws.now = start;
    publish("5xx", [1, undefined]);
    const { MetricDataResults } = await read({
      MetricDataQueries: [
        metric("count", "Count", { ReturnData: false }),
        metric("errors", "5xx", { ReturnData: false }),
        { Id: "share", Expression: "100 * FILL(errors, 0) / count", Label: "errors in percent" },
      ],
    });
    expect(MetricDataResults).toMatchObject([{ Id: "share", Label: "errors in percent", Values: [0, 10] }]);
  });

  it("aligns periods to multiples of their length", async () => {
    publish("Count", [1, 1, 1, 1, 1, 1]);
    const { MetricDataResults } = await read({
      MetricDataQueries: [
        { ...metric("m1", "Count"), MetricStat: { ...metric("m1", "Count").MetricStat, Period: 300 } },
      ],
    });
    for (const time of MetricDataResults?.[0]?.Timestamps ?? []) expect(time.getTime() % 300_000).toBe(0);
  });

  it("returns all points in pages of any size", async () => {
    publish("Count", [1, 2, 3, 4, 5]);
    aws.now = start;
    publish("5xx", [6, 7, 8, 9, 10]);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), async (MaxDatapoints) => {
        const values: number[] = [];
        let NextToken: string | undefined;
        do {
          const output = await read({
            MetricDataQueries: [metric("m1", "Count"), metric("m2", "5xx")],
            MaxDatapoints,
            NextToken,
            ScanBy: "TimestampAscending",
          });
          values.push(...(output.MetricDataResults ?? []).flatMap(({ Values = [] }) => Values));
          const isPartial = output.MetricDataResults?.some(({ StatusCode }) => StatusCode === "PartialData");
          expect(isPartial).toBe(output.NextToken !== undefined);
          NextToken = output.NextToken;
        } while (NextToken !== undefined);
        expect(values).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      }),
      { numRuns: 12 },
    );
  });

  it.each([
    [{ MetricDataQueries: [] }, "MetricDataQueries must not be empty"],
    [
      { MetricDataQueries: [metric("m1", "Count"), metric("m1", "5xx")] },
      "The ID m1 of MetricDataQueries is not unique",
    ],
    [{ MetricDataQueries: [metric("M1", "Count")] }, "The ID M1 must begin with a lowercase letter"],
    [{ MetricDataQueries: [{ Id: "e1" }] }, "The query e1 must have either Expression or MetricStat"],
    [{ MetricDataQueries: [{ Id: "e1", Expression: "unknown" }] }, "unknown is not the ID of a query"],
    [{ StartTime: new Date(2), EndTime: new Date(1) }, "StartTime must be less than EndTime"],
    [{ NextToken: "other" }, "The token is invalid"],
  ])("rejects %j", async (input, message) => {
    publish("Count", [1]);
    await expect(read(input)).rejects.toThrow(message);
  });
});

describe("ListMetrics", () => {
  it("lists the metrics with values, filtered by namespace, name and dimensions", async () => {
    publish("Count", [1]);
    aws.cloudWatch.put("AWS/Lambda", { FunctionName: "app" }, { Errors: 0, Duration: 1 });
    const names = async (input: object) =>
      (await aws.client.send(new ListMetricsCommand(input))).Metrics?.map(({ MetricName }) => MetricName);
    expect(await names({})).toEqual(["Count", "Errors", "Duration"]);
    expect(await names({ Namespace: "AWS/Lambda" })).toEqual(["Errors", "Duration"]);
    expect(await names({ MetricName: "Errors" })).toEqual(["Errors"]);
    expect(await names({ Dimensions: [{ Name: "FunctionName" }] })).toEqual(["Errors", "Duration"]);
    expect(await names({ Dimensions: [{ Name: "FunctionName", Value: "other" }] })).toEqual([]);
  });
});
