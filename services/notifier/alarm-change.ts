import * as v from "valibot";
import { parseAlarmDescription, type Severity } from "../../lib/alarms/alarm-description.ts";
import { type AlarmMetric, parseAlarmMetric } from "./alarm-metric.ts";

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
  /** Undefined for an alarm on other alarms, and for one whose metric is not known. */
  readonly metric: AlarmMetric | undefined;
  /** The names of the alarms in the rule of a composite alarm. */
  readonly children: readonly string[];
}

/** The message is not one of an alarm, so no attempt could deliver it. */
export class InvalidMessageError extends Error {
  override readonly name = "InvalidMessageError";
  readonly code = "InvalidMessage";
}

const state = v.picklist(["OK", "ALARM", "INSUFFICIENT_DATA"]);

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
  AlarmRule: v.nullish(v.string(), ""),
  Trigger: v.optional(v.unknown()),
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
    metric: parseAlarmMetric(output.Trigger, output.NewStateReason),
    children: [...output.AlarmRule.matchAll(/ALARM\("([^"]+)"\)/g)].map(([, name = ""]) => name),
  };
}
