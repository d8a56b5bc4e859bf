import { describe, expect, it } from "vitest";
import { functionAlarmDefinitions } from "../function-alarms.ts";
import { dashboardBody } from "./body.ts";
import { placeInRows } from "./layout.ts";
import { metric } from "./metric.ts";
import { graph, heading, type Widget } from "./widgets.ts";

const errors = (functionName: string) =>
  metric("AWS/Lambda", "Errors", { FunctionName: functionName }, { statistic: "Sum", label: functionName });

/** The properties of a dashboard with one widget. */
function properties(widget: Widget): Record<string, unknown> {
  const body = dashboardBody({
    rows: [[widget]],
    alarmDefinitions: functionAlarmDefinitions("Live", "live"),
    region: "us-east-1",
  }) as { widgets: { properties: Record<string, unknown> }[] };
  return body.widgets[0]?.properties ?? {};
}

describe("a graph", () => {
  it("has its metrics with labels and statistics, its unit, and a vertical axis from zero", () => {
    expect(properties(graph("Errors", "invocations", [errors("test")], { maximum: 10 }))).toEqual({
      title: "Errors",
      region: "us-east-1",
      period: 300,
      view: "timeSeries",
      metrics: [["AWS/Lambda", "Errors", "FunctionName", "test", { label: "test", stat: "Sum" }]],
      yAxis: { left: { min: 0, max: 10, label: "invocations", showUnits: false } },
      annotations: { horizontal: [] },
    });
  });

  it("has a line at the threshold of an alarm on one of its metrics", () => {
    const annotations = (...names: string[]) => properties(graph("Errors", "", names.map(errors))).annotations;
    expect(annotations("live")).toEqual({ horizontal: [{ label: "Alarm above 0", value: 0 }] });
    expect(annotations("test", "live")).toEqual({ horizontal: [{ label: "live: alarm above 0", value: 0 }] });
    expect(annotations("test")).toEqual({ horizontal: [] });
  });

  it("hides the metrics from which a line is computed", () => {
    const share = { expression: "100 * a / b", label: "share", inputs: { a: errors("test"), b: errors("live") } };
    const metrics = properties(graph("Share", "%", [share])).metrics as unknown[][];
    expect(metrics[0]).toEqual([{ expression: "100 * a / b", label: "share", id: "line1" }]);
    expect(metrics.slice(1).map((entry) => entry.at(-1))).toEqual([
      { label: "test", stat: "Sum", id: "a", visible: false },
      { label: "live", stat: "Sum", id: "b", visible: false },
    ]);
  });

  it("rejects metrics with the same ID", () => {
    const line = { expression: "a", label: "", inputs: { a: errors("test") } };
    expect(() => properties(graph("Twice", "", [line, line]))).toThrow('Metrics of "Twice" have the same ID: a, a');
  });
});

it("shows numbers of their own time range and region", () => {
  const charges = metric(
    "AWS/Billing",
    "EstimatedCharges",
    { Currency: "USD" },
    { statistic: "Maximum", label: "USD" },
  );
  const lines = [{ ...charges, region: "us-east-1" }];
  const size = { width: 8, height: 4 };
  expect(properties({ type: "numbers", title: "Cost", lines, period: 21_600, start: "-PT24H", ...size })).toEqual({
    title: "Cost",
    region: "us-east-1",
    period: 21_600,
    view: "singleValue",
    start: "-PT24H",
    metrics: [
      ["AWS/Billing", "EstimatedCharges", "Currency", "USD", { label: "USD", stat: "Maximum", region: "us-east-1" }],
    ],
  });
});

describe("rows", () => {
  it("are placed below each other, from left to right", () => {
    const small = graph("", "", [], { width: 8 });
    const placed = placeInRows<Widget>([[heading("One")], [small, small], [heading("Two")]]);
    expect(placed.map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [0, 1],
      [8, 1],
      [0, 7],
    ]);
  });

  it("are at most as wide as the grid", () => {
    expect(() => placeInRows<Widget>([[], [heading("One"), graph("", "", [])]])).toThrow(
      "Row 2 is 32 columns wide; the grid has 24.",
    );
  });
});
