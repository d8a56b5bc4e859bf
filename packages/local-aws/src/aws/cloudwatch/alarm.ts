import { number, optionalText, text } from "../../provider/attributes.ts";
import type { Attributes } from "../../provider/resource-handler.ts";
import { arn } from "../../runtime/account.ts";
import type { Dimensions } from "./metric-sink.ts";
import type { Metrics } from "./metrics.ts";
import { statistic } from "./statistic.ts";

export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

/** An alarm on one metric as configured. */
export interface Alarm {
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Dimensions;
  readonly statistic: string;
  readonly comparison: string;
  readonly threshold: number;
  /** Seconds. */
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: string;
  readonly actionsEnabled: boolean;
  readonly actions: Readonly<Record<AlarmState, readonly string[]>>;
}

/** Undefined for an alarm on a metric math expression or on an anomaly detection model. */
export function parseAlarm(attributes: Attributes): Alarm | undefined {
  if (optionalText(attributes.metric_name) === undefined) return undefined;
  const evaluationPeriods = number(attributes.evaluation_periods, 1);
  const list = (value: unknown) => (value ?? []) as readonly string[];
  return {
    name: text(attributes.alarm_name),
    arn: text(attributes.arn),
    description: text(attributes.alarm_description),
    namespace: text(attributes.namespace),
    metric: text(attributes.metric_name),
    dimensions: (attributes.dimensions ?? {}) as Dimensions,
    statistic: text(attributes.statistic) || text(attributes.extended_statistic),
    comparison: text(attributes.comparison_operator),
    threshold: number(attributes.threshold, 0),
    period: number(attributes.period, 60),
    evaluationPeriods,
    datapointsToAlarm: number(attributes.datapoints_to_alarm, 0) || evaluationPeriods,
    treatMissingData: text(attributes.treat_missing_data) || "missing",
    actionsEnabled: attributes.actions_enabled !== false,
    actions: {
      ALARM: list(attributes.alarm_actions),
      OK: list(attributes.ok_actions),
      INSUFFICIENT_DATA: list(attributes.insufficient_data_actions),
    },
  };
}

export function alarmArn(name: string): string {
  return arn("cloudwatch", `alarm:${name}`);
}

/** An hour and more are not shortened; see {@link Evaluation.minute}. */
const LONG_PERIOD_SECONDS = 3_600;

/** What the next state of an alarm depends on. Times are milliseconds since the epoch. */
export interface Evaluation {
  readonly metrics: Metrics;
  readonly now: number;
  /** Milliseconds of a minute in periods that are shorter than an hour. */
  readonly minute: number;
  /** Earlier periods are unknown, because metrics are not kept across restarts: their missing data is no failure. */
  readonly loadedAt: number;
  /** The present state. */
  readonly state: AlarmState;
}

/**
 * The next state of an alarm. Unlike AWS, it includes the current period before that ends, so that alarms react
 * immediately.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html#alarms-and-missing-data
 */
export function evaluate(alarm: Alarm, { metrics, now, minute, loadedAt, state }: Evaluation): AlarmState {
  const { namespace, metric, dimensions, evaluationPeriods, datapointsToAlarm, treatMissingData } = alarm;
  const period = alarm.period * (alarm.period < LONG_PERIOD_SECONDS ? minute / 60 : 1_000);
  const points = Array.from({ length: evaluationPeriods }, (_, index) => {
    const to = now - index * period;
    const value = statistic(alarm.statistic, metrics.values(namespace, metric, dimensions, to - period, to));
    return { value, isKnown: value !== undefined || to - period >= loadedAt };
  });
  if (points.every(({ value }) => value === undefined)) {
    if (treatMissingData === "ignore") return state;
    if (treatMissingData === "missing") return "INSUFFICIENT_DATA";
  }
  const breaching = points.filter(({ value, isKnown }) =>
    value === undefined ? isKnown && treatMissingData === "breaching" : breaches(alarm, value),
  );
  return breaching.length >= datapointsToAlarm ? "ALARM" : "OK";
}

function breaches({ comparison, threshold }: Alarm, value: number): boolean {
  switch (comparison) {
    case "GreaterThanThreshold":
      return value > threshold;
    case "GreaterThanOrEqualToThreshold":
      return value >= threshold;
    case "LessThanThreshold":
      return value < threshold;
    case "LessThanOrEqualToThreshold":
      return value <= threshold;
    default:
      return false; // The operators of anomaly detection.
  }
}
