import { describe, expect, it } from "vitest";
import { parseDashboardBody } from "./dashboard-body.ts";

const metricWidget = (properties: object, position: object = {}) => ({ type: "metric", ...position, properties });
const parse = (...widgets: readonly object[]) => parseDashboardBody(JSON.stringify({ widgets }));

describe("a metric widget", () => {
  it("has queries with the defaults of the widget, and thresholds", () => {
    const [widget] = parse(
      metricWidget({
        title: "Errors",
        stat: "Sum",
        period: 60,
        metrics: [["AWS/Lambda", "Errors", "FunctionName", "app", { label: "app" }]],
        yAxis: { left: { label: "invocations", max: 10 } },
        annotations: { horizontal: [{ label: "Alarm above 0", value: 0 }, { label: "without a value" }] },
      }),
    );
    expect(widget).toMatchObject({
      type: "metric",
      title: "Errors",
      view: "timeSeries",
      unit: "invocations",
      maximum: 10,
      thresholds: [{ label: "Alarm above 0", value: 0 }],
      queries: [
        {
          label: "app",
          period: 60,
          returnData: true,
          source: {
            namespace: "AWS/Lambda",
            metric: "Errors",
            dimensions: { FunctionName: "app" },
            statistic: "Sum",
          },
        },
      ],
    });
  });

  it("has expressions of hidden metrics", () => {
    const [widget] = parse(
      metricWidget({
        metrics: [[{ expression: "m1 * 2", label: "twice", id: "e1" }], ["N", "M", { id: "m1", visible: false }]],
      }),
    );
    expect(widget).toMatchObject({
      queries: [
        { id: "e1", label: "twice", returnData: true, source: "m1 * 2", period: undefined },
        { id: "m1", label: "M", returnData: false, period: 300, source: { statistic: "Average" } },
      ],
    });
  });

  it("may repeat elements of the metric before it with dots", () => {
    const [widget] = parse(
      metricWidget({
        metrics: [
          ["AWS/Lambda", "Errors", "FunctionName", "one"],
          [".", "Throttles", ".", "."],
          ["...", "two"],
        ],
      }),
    );
    const sources = widget?.type === "metric" ? widget.queries.map(({ source }) => source) : [];
    expect(sources).toMatchObject([
      { metric: "Errors", dimensions: { FunctionName: "one" } },
      { namespace: "AWS/Lambda", metric: "Throttles", dimensions: { FunctionName: "one" } },
      { namespace: "AWS/Lambda", metric: "Throttles", dimensions: { FunctionName: "two" } },
    ]);
  });
});

it("reads text, alarms and widgets of other types", () => {
  const widgets = parse(
    { type: "text", properties: { markdown: "# Title" } },
    { type: "alarm", properties: { title: "Alarms", alarms: ["arn"] } },
    { type: "log", properties: { title: "Log" } },
  );
  expect(widgets).toMatchObject([
    { type: "text", markdown: "# Title" },
    { type: "alarm", title: "Alarms", alarmArns: ["arn"] },
    { type: "other", title: "Log", name: "log" },
  ]);
});

it("places widgets without a position beside each other, and orders all by position", () => {
  const free = { type: "text", width: 10, height: 2, properties: { markdown: "" } };
  const widgets = parse(free, free, free, { ...free, x: 0, y: 100 }, { ...free, x: 0, y: 50 });
  expect(widgets.map(({ x, y }) => [x, y])).toEqual([
    [0, 0],
    [10, 0],
    [0, 2],
    [0, 50],
    [0, 100],
  ]);
});

it.each([
  ["{", "The body is not JSON"],
  ["{}", "The body has no list of widgets"],
  ['{"widgets":[1]}', "Widget 1 is not an object"],
  ['{"widgets":[{"type":"metric","properties":{"metrics":["AWS/Lambda"]}}]}', "A metric of Widget 1 is not a list"],
])("rejects %s", (body, problem) => {
  expect(() => parseDashboardBody(body)).toThrow(problem);
});
