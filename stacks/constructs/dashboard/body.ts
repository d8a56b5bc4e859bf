import type { AlarmDefinition } from "../alarm-definition.ts";
import { type Placed, placeInRows } from "./layout.ts";
import type { Line, Metric } from "./metric.ts";
import type { Graph, Numbers, Widget } from "./widgets.ts";

export interface BodyProps {
  readonly rows: readonly (readonly Widget[])[];
  /** Their thresholds are drawn in the graphs of their metrics. */
  readonly alarmDefinitions: readonly AlarmDefinition[];
  readonly region: string;
}

/**
 * The body of a dashboard.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 *
 * @throws RangeError when a row is too wide, or when the metrics of a graph have the same ID.
 */
export function dashboardBody({ rows, alarmDefinitions, region }: BodyProps): object {
  return {
    start: "-PT3H",
    periodOverride: "inherit", // A threshold only means something with the period of its alarm.
    widgets: placeInRows(rows).map((widget) => ({
      type: widget.type === "graph" || widget.type === "numbers" ? "metric" : widget.type.replace("alarms", "alarm"),
      x: widget.x,
      y: widget.y,
      width: widget.width,
      height: widget.height,
      properties: properties(widget, alarmDefinitions, region),
    })),
  };
}

function properties(widget: Placed<Widget>, alarmDefinitions: readonly AlarmDefinition[], region: string): object {
  switch (widget.type) {
    case "text":
      return { markdown: widget.markdown, background: "transparent" };
    case "alarms":
      return { title: widget.title, alarms: widget.alarmArns, sortBy: "stateUpdatedTimestamp" };
    case "numbers":
      return { ...common(widget, region), view: "singleValue", start: widget.start };
    case "graph":
      return {
        ...common(widget, region),
        view: "timeSeries",
        yAxis: {
          left: { min: 0, ...(widget.maximum && { max: widget.maximum }), label: widget.unit, showUnits: false },
        },
        annotations: { horizontal: thresholds(widget, alarmDefinitions) },
      };
  }
}

function common({ title, lines, period }: Graph | Numbers, region: string): object {
  const ids = lines.flatMap((line) => ("expression" in line ? Object.keys(line.inputs) : []));
  if (new Set(ids).size < ids.length) throw new RangeError(`Metrics of "${title}" have the same ID: ${ids.join(", ")}`);
  return { title, region, period, metrics: lines.flatMap((line, index) => lineEntries(line, index)) };
}

function lineEntries(line: Line, index: number): object[] {
  if (!("expression" in line)) return [metricEntry(line, {})];
  const { expression, label, inputs } = line;
  return [
    [{ expression, label, id: `line${index + 1}` }],
    ...Object.entries(inputs).map(([id, input]) => metricEntry(input, { id, visible: false })),
  ];
}

function metricEntry({ namespace, name, dimensions, statistic, label, region }: Metric, options: object): object {
  const rendering = { label, stat: statistic, ...(region && { region }), ...options };
  return [namespace, name, ...Object.entries(dimensions).flat(), rendering];
}

interface Threshold {
  readonly label: string;
  readonly value: number;
}

/** Lines at the thresholds of alarms on metrics that are drawn as they are, named after their metrics unless of all. */
function thresholds({ lines }: Graph, alarmDefinitions: readonly AlarmDefinition[]): Threshold[] {
  const drawn = lines.flatMap((line) => ("expression" in line ? [] : line));
  const limits = drawn.flatMap((metric) =>
    alarmDefinitions
      .filter((alarm) => isOf(alarm, metric))
      .map(({ comparison, threshold }) => ({
        line: metric.label,
        text: `${comparison} ${threshold}`,
        value: threshold,
      })),
  );
  return [...Map.groupBy(limits, ({ text }) => text)].map(([text, same]) => {
    const names = same.map(({ line }) => line).join(", ");
    return {
      label: same.length === drawn.length ? `Alarm ${text}` : `${names}: alarm ${text}`,
      value: same[0]?.value ?? 0,
    };
  });
}

function isOf({ namespace, metricName, statistic, dimensions }: AlarmDefinition, metric: Metric): boolean {
  const same = namespace === metric.namespace && metricName === metric.name && statistic === metric.statistic;
  return same && JSON.stringify(dimensions) === JSON.stringify(metric.dimensions);
}
