import { alarmName } from "../../aws/cloudwatch/alarm.ts";
import type { DashboardWidget, MetricWidget } from "../../aws/cloudwatch/dashboard-body.ts";
import { evaluateQuery, type MetricQuery, type Period } from "../../aws/cloudwatch/metric-query.ts";
import { isPublished } from "../../aws/cloudwatch/published-metrics.ts";
import type { AlarmView, GraphView, NumbersView, WidgetContent, WidgetView } from "../cloudwatch-views.ts";
import type { DashboardSources } from "../sources.ts";

type CloudWatch = DashboardSources["cloudWatch"];

/** In seconds. */
const DAY = 24 * 3_600;
const TWO_MINUTES_MS = 120_000;

/** In milliseconds since the epoch. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** What a widget shows in a time range. */
export function widgetView(widget: DashboardWidget, range: TimeRange, cloudWatch: CloudWatch): WidgetView {
  const { x, width } = widget;
  return { x, width, content: content(widget, range, cloudWatch) };
}

function content(widget: DashboardWidget, range: TimeRange, cloudWatch: CloudWatch): WidgetContent {
  switch (widget.type) {
    case "text":
      return { kind: "text", markdown: widget.markdown };
    case "alarm":
      return { kind: "alarms", title: widget.title, alarms: alarmViews(widget.alarmArns, cloudWatch) };
    case "other":
      return {
        kind: "problem",
        title: widget.title,
        message: `Widgets of the type ${widget.name} are not shown here.`,
      };
    case "metric":
      try {
        return widget.view === "singleValue"
          ? numbersView(widget, range, cloudWatch)
          : graphView(widget, range, cloudWatch);
      } catch (error) {
        // Such as a statistic or a function of metric math that the local AWS does not support.
        return {
          kind: "problem",
          title: widget.title,
          message: error instanceof Error ? error.message : String(error),
        };
      }
  }
}

function graphView(widget: MetricWidget, { from, to }: TimeRange, cloudWatch: CloudWatch): GraphView {
  const period = cloudWatch.periodMilliseconds(widget.period);
  const first = Math.ceil(from / period) * period;
  const starts = Array.from({ length: Math.ceil((to - first) / period) }, (_, index) => first + index * period);
  return {
    kind: "graph",
    title: widget.title,
    unit: widget.unit,
    maximum: widget.maximum,
    period: period / 1_000,
    configuredPeriod: widget.period,
    starts,
    lines: lines(widget).map((query) => ({
      label: query.label ?? query.id,
      values: evaluateQuery(query, widget.queries, starts.map(periodFrom(period)), cloudWatch.metrics).map(orNull),
    })),
    thresholds: widget.thresholds,
    unavailable: unavailable(widget),
  };
}

/** The newest value of each metric. Those that AWS publishes once a day are published once a minute here. */
function numbersView(widget: MetricWidget, { to }: TimeRange, cloudWatch: CloudWatch): NumbersView {
  const period = widget.period < DAY ? cloudWatch.periodMilliseconds(widget.period) : TWO_MINUTES_MS;
  return {
    kind: "numbers",
    title: widget.title,
    numbers: lines(widget).map((query) => {
      const [value] = evaluateQuery(query, widget.queries, [periodFrom(period)(to - period)], cloudWatch.metrics);
      return { label: query.label ?? query.id, value: orNull(value) };
    }),
    unavailable: unavailable(widget),
  };
}

const lines = ({ queries }: MetricWidget): readonly MetricQuery[] => queries.filter(({ returnData }) => returnData);
const orNull = (value: number | undefined): number | null => value ?? null;

/** A period includes its first millisecond and not its last one, as on AWS. */
const periodFrom =
  (period: number) =>
  (start: number): Period => ({ from: start - 1, to: start + period - 1 });

/** The metrics that the local AWS does not publish. */
function unavailable({ queries }: MetricWidget): string[] {
  const missing = queries.flatMap(({ source }) =>
    typeof source === "string" || isPublished(source.namespace, source.metric)
      ? []
      : [`${source.namespace} ${source.metric}`],
  );
  return [...new Set(missing)];
}

/** Those that exist. */
function alarmViews(arns: readonly string[], { alarms }: CloudWatch): AlarmView[] {
  const names = new Set(arns.map(alarmName));
  return alarms
    .all()
    .filter(({ alarm }) => names.has(alarm.name))
    .map(({ alarm, state, since, reason }) => ({
      name: alarm.name,
      description: alarm.description,
      state,
      since,
      reason,
    }));
}
