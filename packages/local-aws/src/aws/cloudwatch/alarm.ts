import { number, optionalText, text } from "../../provider/attributes.ts";
import type { Attributes } from "../../provider/resource-handler.ts";
import { arn } from "../../runtime/account.ts";
import type { Dimensions } from "./metric-sink.ts";

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

export interface AlarmStatus {
  readonly alarm: Alarm;
  readonly state: AlarmState;
  /** Time of the last change of state, in milliseconds since the epoch. */
  readonly since: number;
  readonly reason: string;
  /** When the alarm was created, or loaded at a start of the local AWS, in milliseconds since the epoch. */
  readonly loadedAt: number;
  /** When the state was set by `SetAlarmState`, in milliseconds since the epoch; undefined for an evaluated state. */
  readonly setAt?: number;
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
