import type { Severity } from "../../lib/alarms/alarm-description.ts";

/** What an alarm means, for the person on call. */
export interface AlarmMeaning {
  /** Construct ID of the alarm; in kebab case it is also part of the alarm's name. */
  readonly id: string;
  readonly description: string;
  /** Whether it pages somebody; see {@link Severity}. */
  readonly severity: Severity;
  /** The section of a page in `docs/runbooks`: `functions.md#errors`. */
  readonly runbook: string;
  /**
   * The name of the alarm on the cause: while that one is in alarm, nobody is notified of this one, which would only
   * repeat it.
   */
  readonly suppressedBy?: string | undefined;
}

/** An alarm on a CloudWatch metric, and the threshold in the graph of the same metric on a dashboard. */
export interface AlarmDefinition extends AlarmMeaning {
  /**
   * Whether the environments without the part `alarms` have it too. Ten alarms of an account are free:
   * https://aws.amazon.com/cloudwatch/pricing/
   */
  readonly isEssential?: boolean;
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
