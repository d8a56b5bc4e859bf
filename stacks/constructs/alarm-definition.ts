import type { Severity } from "../../lib/alarms/alarm-description.ts";

/** An alarm on a CloudWatch metric, and the graph of the same metric on a dashboard. */
export interface AlarmDefinition {
  /** Construct ID of the alarm; in kebab case it is also part of the alarm's name. */
  readonly id: string;
  /** What the alarm means, for the person on call. */
  readonly description: string;
  /** Whether it pages somebody; see {@link Severity}. */
  readonly severity: Severity;
  /** The section of a page in `docs/runbooks`: `functions.md#errors`. */
  readonly runbook: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** `p99` is a percentile. */
  readonly statistic: "Sum" | "Average" | "Maximum" | "Minimum" | "SampleCount" | "p99";
  /** On which side of the threshold the metric is in alarm. */
  readonly comparison: "above" | "below";
  readonly threshold: number;
  /** In seconds. */
  readonly period: number;
  /** Number of consecutive periods beyond the threshold before the alarm starts. */
  readonly evaluationPeriods: number;
  /** `breaching` where missing data is itself a failure, such as a scheduled function that did not run. */
  readonly treatMissingData: "notBreaching" | "breaching";
}

/** In seconds. */
export const MINUTE = 60;
