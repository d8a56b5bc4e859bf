/** What the page of CloudWatch's dashboards shows; see views.ts. */

export interface DashboardsView {
  readonly dashboards: readonly string[];
  /** The ranges that can be chosen, and the chosen one, in seconds. */
  readonly ranges: readonly number[];
  readonly range: number;
  readonly selected: DashboardDetailView | undefined;
}

export interface DashboardDetailView {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly widgets: readonly WidgetView[];
}

export interface WidgetView {
  /** In columns of a grid of 24. */
  readonly x: number;
  readonly width: number;
  readonly content: WidgetContent;
}

export type WidgetContent = GraphView | NumbersView | TextView | AlarmsView | ProblemView;

export interface GraphView {
  readonly kind: "graph";
  readonly title: string;
  readonly unit: string;
  readonly maximum: number | undefined;
  /** Seconds of each period, here and as configured. */
  readonly period: number;
  readonly configuredPeriod: number;
  /** When each period starts. */
  readonly starts: readonly number[];
  /** With a value per period; null where there is no data. */
  readonly lines: readonly { readonly label: string; readonly values: readonly (number | null)[] }[];
  readonly thresholds: readonly { readonly label: string; readonly value: number }[];
  /** Metrics that the local AWS does not publish. */
  readonly unavailable: readonly string[];
}

export interface NumbersView {
  readonly kind: "numbers";
  readonly title: string;
  readonly numbers: readonly { readonly label: string; readonly value: number | null }[];
  readonly unavailable: readonly string[];
}

interface TextView {
  readonly kind: "text";
  readonly markdown: string;
}

interface AlarmsView {
  readonly kind: "alarms";
  readonly title: string;
  readonly alarms: readonly AlarmView[];
}

/** A widget that cannot be shown. */
interface ProblemView {
  readonly kind: "problem";
  readonly title: string;
  readonly message: string;
}

export interface AlarmView {
  readonly name: string;
  readonly description: string;
  readonly state: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  /** When the state began. */
  readonly since: number;
  readonly reason: string;
}
