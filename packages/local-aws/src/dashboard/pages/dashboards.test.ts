import { afterEach, beforeEach, expect, it } from "vitest";
import type { DashboardsView, WidgetContent } from "../cloudwatch-views.ts";
import { ServedDashboard } from "../testing/served-dashboard.ts";

let served: ServedDashboard;

beforeEach(async () => {
  served = await ServedDashboard.start();
});
afterEach(() => served.stop());

const metricWidget = (title: string, metrics: readonly unknown[], properties: object = {}) => ({
  type: "metric",
  width: 8,
  height: 6,
  properties: { title, stat: "Sum", period: 60, metrics, ...properties },
});

const deploy = (name: string, widgets: readonly object[]) =>
  served.resources.apply("aws_cloudwatch_dashboard", {
    dashboard_name: name,
    dashboard_body: JSON.stringify({ widgets }),
  });

const read = (query = "") => served.read<DashboardsView>(`dashboards${query}`);

async function contentOf(widget: object): Promise<WidgetContent | undefined> {
  await deploy("one", [widget]);
  const { selected } = await read();
  return selected?.widgets[0]?.content;
}

it("shows nothing without a dashboard", async () => {
  expect(await read()).toEqual({ dashboards: [], ranges: [900, 3_600, 10_800], range: 900 });
});

it("lists the dashboards, and selects that of all systems or the chosen one", async () => {
  for (const name of ["a", "b-overview", "c"]) await deploy(name, []);
  expect(await read()).toMatchObject({ dashboards: ["a", "b-overview", "c"], selected: { name: "b-overview" } });
  expect(await read("?dashboard=c")).toMatchObject({ selected: { name: "c" } });
});

it("shows metrics per period, in the chosen range", async () => {
  const { cloudWatch } = served.services.contents;
  for (const Count of [1, 2]) cloudWatch.put("AWS/ApiGateway", { ApiId: "api" }, { Count });
  await deploy("one", [metricWidget("Requests", [["AWS/ApiGateway", "Count", "ApiId", "api", { label: "all" }]])]);
  for (const range of [900, 3_600, 10_800]) {
    const { selected } = await read(`?range=${range}`);
    const { content } = selected?.widgets[0] ?? {};
    expect(content).toMatchObject({ kind: "graph", title: "Requests", period: 60, unavailable: [] });
    const [line] = content?.kind === "graph" ? content.lines : [];
    const sum = (line?.values ?? []).reduce<number>((total, value) => total + (value ?? 0), 0);
    expect({ label: line?.label, length: line?.values.length, sum }).toEqual({
      label: "all",
      length: range / 60,
      sum: 3,
    });
  }
});

it("shows expressions of metrics", async () => {
  const { cloudWatch } = served.services.contents;
  cloudWatch.put("AWS/ApiGateway", { ApiId: "api" }, { Count: 4, "5xx": 1 });
  const content = await contentOf(
    metricWidget("Errors", [
      [{ expression: "100 * errors / count", label: "share" }],
      ["AWS/ApiGateway", "5xx", "ApiId", "api", { id: "errors", visible: false }],
      ["AWS/ApiGateway", "Count", "ApiId", "api", { id: "count", visible: false }],
    ]),
  );
  const lines = content?.kind === "graph" ? content.lines : [];
  expect(lines.map(({ label, values }) => [label, values.find((value) => value !== null)])).toEqual([["share", 25]]);
});

it("states which metrics are not available, and shows no value for them", async () => {
  const widget = metricWidget("Cost", [["AWS/Billing", "EstimatedCharges", "Currency", "USD", { label: "USD" }]]);
  expect(await contentOf({ ...widget, properties: { ...widget.properties, view: "singleValue" } })).toEqual({
    kind: "numbers",
    title: "Cost",
    numbers: [{ label: "USD", value: null }],
    unavailable: ["AWS/Billing EstimatedCharges"],
  });
});

it("shows the states of alarms", async () => {
  await served.resources.apply("aws_cloudwatch_metric_alarm", {
    alarm_name: "errors",
    alarm_description: "Too many errors\nRunbook: docs/errors.md",
    namespace: "AWS/Lambda",
    metric_name: "Errors",
    comparison_operator: "GreaterThanThreshold",
    evaluation_periods: 1,
  });
  const alarms = ["arn:aws:cloudwatch:us-east-1:000000000000:alarm:errors", "arn:aws:cloudwatch:x:y:alarm:gone"];
  expect(await contentOf({ type: "alarm", properties: { title: "Alarms", alarms } })).toMatchObject({
    kind: "alarms",
    title: "Alarms",
    alarms: [{ name: "errors", description: "Too many errors\nRunbook: docs/errors.md" }],
  });
});

it("states what cannot be shown", async () => {
  expect(await contentOf({ type: "log", properties: { title: "Log" } })).toEqual({
    kind: "problem",
    title: "Log",
    message: "Widgets of the type log are not shown here.",
  });
  expect(await contentOf(metricWidget("Wrong", [[{ expression: "unknown + 1" }]]))).toMatchObject({
    kind: "problem",
    message: expect.stringContaining("unknown"),
  });
});

it.each([
  ["?dashboard=missing", "Dashboard missing does not exist"],
  ["?range=5", "The range has one of these numbers of seconds: 900, 3600, 10800."],
])("rejects %s", async (query, message) => {
  await deploy("one", []);
  expect(await read(query)).toEqual({ message });
});

it("states why a body is not that of a dashboard", async () => {
  await served.resources.apply("aws_cloudwatch_dashboard", { dashboard_name: "one", dashboard_body: "{}" });
  const { selected } = await read();
  expect(selected?.widgets).toMatchObject([
    { content: { kind: "problem", message: "The body has no list of widgets" } },
  ]);
});
