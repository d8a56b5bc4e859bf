import type { AlarmState, Evaluation } from "./alarm.ts";
import { periodMilliseconds } from "./alarm-period.ts";
import { describeMissing, describePoints, type Point } from "./alarm-reason.ts";
import { type MetricAlarm, valuesOfAlarm } from "./metric-alarm.ts";
import type { Period } from "./metric-query.ts";
import type { Metrics } from "./metrics.ts";

/** What the next state of an alarm depends on. Times are milliseconds since the epoch. */
export interface EvaluationContext {
  readonly metrics: Metrics;
  readonly now: number;
  /** Milliseconds of a minute in periods of at least two minutes and less than an hour. */
  readonly minute: number;
  /** Earlier periods are unknown, because metrics are not kept across restarts: their missing data is no failure. */
  readonly loadedAt: number;
  /** The present state. */
  readonly state: AlarmState;
}

/**
 * The next state of an alarm, and why. Unlike AWS, it includes the current period before that ends, so that alarms
 * react immediately.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html#alarms-and-missing-data
 */
export function evaluateAlarm(
  alarm: MetricAlarm,
  { metrics, now, minute, loadedAt, state }: EvaluationContext,
): Evaluation {
  const { evaluationPeriods, datapointsToAlarm, treatMissingData } = alarm;
  const period = periodMilliseconds(alarm.period, minute);
  const periods = Array.from({ length: evaluationPeriods }, (_, index): Period => {
    const to = now - (evaluationPeriods - 1 - index) * period;
    return { from: to - period, to };
  });
  const points = valuesOfAlarm(alarm, periods, metrics)
    .map((value, index): Point => ({ value, start: periods[index]?.from ?? now }))
    .reverse();
  if (points.every(({ value }) => value === undefined)) {
    const reason = describeMissing(points.length);
    if (treatMissingData === "ignore") return { state, reason };
    if (treatMissingData === "missing") return { state: "INSUFFICIENT_DATA", reason };
  }
  const breaching = points.filter(({ value, start }) =>
    value === undefined ? treatMissingData === "breaching" && start >= loadedAt : breaches(alarm, value),
  );
  return {
    state: breaching.length >= datapointsToAlarm ? "ALARM" : "OK",
    reason: describePoints(alarm, points, breaching.length),
  };
}

function breaches({ comparison, threshold }: MetricAlarm, value: number): boolean {
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
