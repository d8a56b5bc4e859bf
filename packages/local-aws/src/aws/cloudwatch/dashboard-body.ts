import type { MetricQuery } from "./metric-query.ts";

/** In units of the grid of the dashboard, which is 24 wide. */
interface Position {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface MetricWidget {
  readonly type: "metric";
  readonly title: string;
  /** `timeSeries`, `singleValue` or another view of the console. */
  readonly view: string;
  /** Seconds. */
  readonly period: number;
  readonly queries: readonly MetricQuery[];
  /** Label of the left vertical axis. */
  readonly unit: string;
  /** End of the left vertical axis. */
  readonly maximum: number | undefined;
  readonly thresholds: readonly Threshold[];
}

/** A horizontal line. */
export interface Threshold {
  readonly label: string;
  readonly value: number;
}

interface TextWidget {
  readonly type: "text";
  readonly markdown: string;
}

interface AlarmWidget {
  readonly type: "alarm";
  readonly title: string;
  readonly alarmArns: readonly string[];
}

/** A widget that the local AWS does not show, such as a query of logs. */
interface OtherWidget {
  readonly type: "other";
  readonly title: string;
  /** Its type in the body. */
  readonly name: string;
}

export type DashboardWidget = Position & (MetricWidget | TextWidget | AlarmWidget | OtherWidget);

/** The body is not that of a dashboard. */
export class DashboardBodyError extends Error {
  override readonly name = "DashboardBodyError";
}

type Json = Readonly<Record<string, unknown>>;

const GRID_WIDTH = 24;
const DEFAULT_SIZE = { width: 6, height: 6 };
const DEFAULT_PERIOD = 300;

/**
 * The widgets of the body of a dashboard, in the order of their positions.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 *
 * @throws DashboardBodyError
 */
export function parseDashboardBody(body: string): DashboardWidget[] {
  const { widgets } = object(parseJson(body), "The body");
  if (!Array.isArray(widgets)) throw new DashboardBodyError("The body has no list of widgets");
  let next = { x: 0, y: 0, bottom: 0 };
  const parsed = widgets.map((element: unknown, index) => {
    const widget = object(element, `Widget ${index + 1}`);
    const position = positionOf(widget, next);
    const bottom = Math.max(next.bottom, position.y + position.height);
    next = { x: position.x + position.width, y: position.y, bottom };
    return { ...position, ...parseWidget(widget, `Widget ${index + 1}`) };
  });
  return parsed.sort((one, other) => one.y - other.y || one.x - other.x);
}

/** A widget without a position is right of the one before it, or below all others. */
function positionOf(widget: Json, next: { readonly x: number; readonly y: number; readonly bottom: number }): Position {
  const width = numberOr(widget.width, DEFAULT_SIZE.width);
  const height = numberOr(widget.height, DEFAULT_SIZE.height);
  const fits = next.x + width <= GRID_WIDTH;
  return {
    x: numberOr(widget.x, fits ? next.x : 0),
    y: numberOr(widget.y, fits ? next.y : next.bottom),
    width,
    height,
  };
}

function parseWidget(widget: Json, what: string): MetricWidget | TextWidget | AlarmWidget | OtherWidget {
  const properties = object(widget.properties ?? {}, `The properties of ${what}`);
  const title = textOr(properties.title, "");
  switch (widget.type) {
    case "metric":
      return parseMetricWidget(properties, what);
    case "text":
      return { type: "text", markdown: textOr(properties.markdown, "") };
    case "alarm":
      return { type: "alarm", title, alarmArns: list(properties.alarms).map(String) };
    default:
      return { type: "other", title, name: String(widget.type) };
  }
}

function parseMetricWidget(properties: Json, what: string): MetricWidget {
  const left = object(object(properties.yAxis ?? {}, "yAxis").left ?? {}, "yAxis.left");
  const annotations = object(properties.annotations ?? {}, "annotations");
  const period = numberOr(properties.period, DEFAULT_PERIOD);
  return {
    type: "metric",
    title: textOr(properties.title, ""),
    view: textOr(properties.view, "timeSeries"),
    period,
    queries: parseQueries(list(properties.metrics), { period, statistic: textOr(properties.stat, "Average") }, what),
    unit: textOr(left.label, ""),
    maximum: typeof left.max === "number" ? left.max : undefined,
    thresholds: list(annotations.horizontal).flatMap((line) => {
      const { label, value } = object(line, "An annotation");
      return typeof value === "number" ? [{ label: textOr(label, ""), value }] : [];
    }),
  };
}

interface Defaults {
  readonly period: number;
  readonly statistic: string;
}

/** In a row, `.` stands for the same element of the row before it, and `...` for all of its elements. */
function parseQueries(rows: readonly unknown[], defaults: Defaults, what: string): MetricQuery[] {
  let before: readonly string[] = [];
  return rows.map((row, index) => {
    if (!Array.isArray(row)) throw new DashboardBodyError(`A metric of ${what} is not a list`);
    const options = object(typeof row.at(-1) === "object" ? row.at(-1) : {}, `A metric of ${what}`);
    const written = row.filter((element) => typeof element === "string");
    const skipped = before.length - written.length + 1;
    const elements = written.flatMap((element, position) =>
      element === "..." ? before.slice(position, position + skipped) : [element],
    );
    const names = elements.map((element, position) => (element === "." ? (before[position] ?? "") : element));
    if (names.length > 0) before = names;
    return parseQuery(names, options, { ...defaults, index });
  });
}

function parseQuery(
  [namespace = "", metric = "", ...pairs]: readonly string[],
  options: Json,
  { period, statistic, index }: Defaults & { readonly index: number },
): MetricQuery {
  const id = textOr(options.id, `query${index}`);
  const returnData = options.visible !== false;
  if (typeof options.expression === "string") {
    const label = textOr(options.label, options.expression);
    return { id, label, returnData, period: undefined, source: options.expression };
  }
  const names = pairs.filter((_, position) => position % 2 === 0);
  return {
    id,
    label: textOr(options.label, metric),
    returnData,
    period: numberOr(options.period, period),
    source: {
      namespace,
      metric,
      dimensions: Object.fromEntries(names.map((name, position) => [name, pairs[2 * position + 1] ?? ""])),
      statistic: textOr(options.stat, statistic),
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DashboardBodyError("The body is not JSON");
  }
}

function object(value: unknown, what: string): Json {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  throw new DashboardBodyError(`${what} is not an object`);
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textOr = (value: unknown, otherwise: string): string => (typeof value === "string" ? value : otherwise);
const numberOr = (value: unknown, otherwise: number): number => (typeof value === "number" ? value : otherwise);
