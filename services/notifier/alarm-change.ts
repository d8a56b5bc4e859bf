import * as v from "valibot";
import { parseAlarmDescription, type Severity } from "../../lib/alarms/alarm-description.ts";

export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

/** One change of the state of an alarm. */
export interface AlarmChange {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  /** The code of the region, such as `us-east-1`. */
  readonly region: string;
  /** What the alarm means. */
  readonly text: string;
  readonly severity: Severity;
  readonly runbook: string | undefined;
  readonly state: AlarmState;
  readonly previousState: AlarmState;
  /** ISO 8601 in UTC with milliseconds, so that the order of the texts is the order of the changes. */
  readonly changedAt: string;
  readonly reason: string;
  /** Undefined for an alarm on other alarms or on a metric math expression. */
  readonly metric: AlarmMetric | undefined;
}

export interface AlarmMetric {
  readonly namespace: string;
  readonly name: string;
  readonly statistic: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly comparison: string;
  readonly threshold: number;
  /** In seconds. */
  readonly period: number;
  readonly evaluationPeriods: number;
  /** The most recent value that the reason of the change names. */
  readonly value: number | undefined;
}

/** The message is not one of an alarm, so no attempt could deliver it. */
export class InvalidMessageError extends Error {
  override readonly name = "InvalidMessageError";
  readonly code = "InvalidMessage";
}

const state = v.picklist(["OK", "ALARM", "INSUFFICIENT_DATA"]);

/** The metric of an alarm. Alarms on metric math and composite alarms have other members in its place. */
const trigger = v.object({
  Namespace: v.string(),
  MetricName: v.string(),
  Statistic: v.nullish(v.string()),
  ExtendedStatistic: v.nullish(v.string()),
  Dimensions: v.optional(v.array(v.object({ name: v.string(), value: v.string() })), []),
  Period: v.number(),
  EvaluationPeriods: v.number(),
  ComparisonOperator: v.string(),
  Threshold: v.number(),
});

/**
 * The members in use of the message that an alarm publishes:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
const schema = v.object({
  AlarmName: v.pipe(v.string(), v.nonEmpty()),
  AlarmDescription: v.nullish(v.string(), ""),
  AWSAccountId: v.string(),
  AlarmArn: v.pipe(v.string(), v.regex(/^arn:[\w-]+:cloudwatch:[\w-]+:\d{12}:alarm:./s)),
  NewStateValue: state,
  OldStateValue: state,
  NewStateReason: v.nullish(v.string(), ""),
  StateChangeTime: v.pipe(
    v.string(),
    v.transform((text) => new Date(text.replace(/\+0000$/, "Z"))),
    v.date(), // Rejects an invalid date.
    v.transform((date) => date.toISOString()),
  ),
  Trigger: v.fallback(v.optional(trigger), undefined),
});

/** @throws InvalidMessageError that names the invalid members. */
export function parseAlarmChange(message: unknown): AlarmChange {
  const result = v.safeParse(schema, message);
  if (!result.success) {
    const members = new Set(result.issues.map((issue) => v.getDotPath(issue) ?? "the message"));
    throw new InvalidMessageError(`It is no message of an alarm: invalid ${[...members].join(", ")}`);
  }
  const { output } = result;
  return {
    ...parseAlarmDescription(output.AlarmDescription),
    name: output.AlarmName,
    arn: output.AlarmArn,
    account: output.AWSAccountId,
    region: output.AlarmArn.split(":")[3] ?? "",
    state: output.NewStateValue,
    previousState: output.OldStateValue,
    changedAt: output.StateChangeTime,
    reason: output.NewStateReason,
    metric: output.Trigger && metricOf(output.Trigger, output.NewStateReason),
  };
}

function metricOf(found: v.InferOutput<typeof trigger>, reason: string): AlarmMetric {
  return {
    namespace: found.Namespace,
    name: found.MetricName,
    statistic: found.ExtendedStatistic ?? found.Statistic ?? "",
    dimensions: Object.fromEntries(found.Dimensions.map(({ name, value }) => [name, value])),
    comparison: found.ComparisonOperator,
    threshold: found.Threshold,
    period: found.Period,
    evaluationPeriods: found.EvaluationPeriods,
    value: newestValue(reason),
  };
}

/** The first data point in `Threshold Crossed: 1 out of the last 1 datapoints [3.0 (28/11/26 04:25:00)] was …`. */
function newestValue(reason: string): number | undefined {
  const [, value] = /\[(-?[\d.]+(?:E-?\d+)?) \(/.exec(reason) ?? [];
  return value === undefined ? undefined : Number(value);
}
