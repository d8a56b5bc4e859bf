import type { Line } from "./metric.ts";

/** In units of the grid of a dashboard, which is 24 wide. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Lines over time. Alarms on one of the metrics add a line at their threshold. */
export interface Graph extends Size {
  readonly type: "graph";
  readonly title: string;
  /** Label of the vertical axis, such as `ms`. */
  readonly unit: string;
  readonly lines: readonly Line[];
  /** In seconds. */
  readonly period: number;
  /** The end of the vertical axis, such as 100 for percentages. */
  readonly maximum?: number;
}

/** The latest values of metrics, as numbers. */
export interface Numbers extends Size {
  readonly type: "numbers";
  readonly title: string;
  readonly lines: readonly Line[];
  /** In seconds. */
  readonly period: number;
  /** How far back it looks for a value, independently of the dashboard: an ISO 8601 duration, such as `-PT24H`. */
  readonly start: string;
}

/** Markdown. */
export interface Text extends Size {
  readonly type: "text";
  readonly markdown: string;
}

/** The states of alarms. */
export interface AlarmStatus extends Size {
  readonly type: "alarms";
  readonly title: string;
  readonly alarmArns: readonly string[];
}

export type Widget = Graph | Numbers | Text | AlarmStatus;

const FIVE_MINUTES = 300;
/** Three graphs in a row. */
const GRAPH_SIZE: Size = { width: 8, height: 6 };

export function graph(
  title: string,
  unit: string,
  lines: readonly Line[],
  options: Partial<Pick<Graph, "width" | "period" | "maximum">> = {},
): Graph {
  return { type: "graph", title, unit, lines, period: FIVE_MINUTES, ...GRAPH_SIZE, ...options };
}

/** A graph of percentages. */
export function percentGraph(
  title: string,
  lines: readonly Line[],
  options: Partial<Pick<Graph, "width">> = {},
): Graph {
  return graph(title, "%", lines, { maximum: 100, ...options });
}

export function heading(title: string): Text {
  return { type: "text", markdown: `## ${title}`, width: 24, height: 1 };
}
