import { blocks, number, optionalText, text } from "../../provider/attributes.ts";
import type { Attributes } from "../../provider/resource-handler.ts";
import { type Alarm, parseAlarm } from "./alarm.ts";
import type { Series } from "./expression/value.ts";
import {
  evaluateQuery,
  type MetricQuery,
  type MetricStatistic,
  type Period,
  periodOf,
  valuesOf,
} from "./metric-query.ts";
import type { Dimensions } from "./metric-sink.ts";
import type { Metrics } from "./metrics.ts";

/** An alarm on a metric, or on a metric math expression. */
export interface MetricAlarm extends Alarm {
  /** The metric, or the queries of which one returns data. */
  readonly source: MetricStatistic | readonly MetricQuery[];
  readonly comparison: string;
  readonly threshold: number;
  /** Seconds. */
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: string;
}

/** Undefined for an alarm on an anomaly detection model, which the local AWS does not evaluate. */
export function parseMetricAlarm(attributes: Attributes): MetricAlarm | undefined {
  if (optionalText(attributes.threshold_metric_id) !== undefined) return undefined;
  const queries = blocks(attributes.metric_query).map(parseQuery);
  const returned = queries.find(({ returnData }) => returnData);
  const evaluationPeriods = number(attributes.evaluation_periods, 1);
  return {
    ...parseAlarm(attributes),
    source: returned === undefined ? parseStatistic(attributes) : queries,
    comparison: text(attributes.comparison_operator),
    threshold: number(attributes.threshold, 0),
    period: returned === undefined ? number(attributes.period, 60) : periodOf(returned, queries),
    evaluationPeriods,
    datapointsToAlarm: number(attributes.datapoints_to_alarm, 0) || evaluationPeriods,
    treatMissingData: text(attributes.treat_missing_data) || "missing",
  };
}

/** The metrics whose values an alarm depends on. */
export const metricsOf = ({ source }: MetricAlarm): readonly MetricStatistic[] =>
  "metric" in source ? [source] : source.flatMap((query) => (typeof query.source === "string" ? [] : [query.source]));

/**
 * The values that an alarm compares, one per period.
 *
 * @throws ExpressionError for an invalid expression.
 */
export function valuesOfAlarm({ source }: MetricAlarm, periods: readonly Period[], metrics: Metrics): Series {
  if ("metric" in source) return valuesOf(source, periods, metrics);
  const returned = source.find(({ returnData }) => returnData);
  return returned === undefined ? [] : evaluateQuery(returned, source, periods, metrics);
}

function parseStatistic(attributes: Attributes): MetricStatistic {
  return {
    namespace: text(attributes.namespace),
    metric: text(attributes.metric_name),
    dimensions: (attributes.dimensions ?? {}) as Dimensions,
    statistic: text(attributes.statistic) || text(attributes.extended_statistic),
  };
}

function parseQuery(query: Attributes): MetricQuery {
  const [metric] = blocks(query.metric);
  return {
    id: text(query.id),
    label: optionalText(query.label),
    returnData: query.return_data === true,
    period: number((metric ?? query).period, 0) || undefined,
    source: metric === undefined ? text(query.expression) : parseStatistic({ ...metric, statistic: metric.stat }),
  };
}
