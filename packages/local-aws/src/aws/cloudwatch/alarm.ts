import { text, texts } from "../../provider/attributes.ts";
import type { Attributes } from "../../provider/resource-handler.ts";
import { arn } from "../../runtime/account.ts";

export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

/** What metric alarms and composite alarms have in common. */
export interface Alarm {
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  readonly actionsEnabled: boolean;
  readonly actions: Readonly<Record<AlarmState, readonly string[]>>;
}

/** The state of an alarm, and why. */
export interface Evaluation {
  readonly state: AlarmState;
  readonly reason: string;
}

export interface AlarmStatus<Kind extends Alarm = Alarm> extends Evaluation {
  readonly alarm: Kind;
  /** Time of the last change of state, in milliseconds since the epoch. */
  readonly since: number;
  /** When the state `ALARM` last ended, in milliseconds since the epoch. */
  readonly endedAt?: number | undefined;
  /** When the alarm was created, or loaded at a start of the local AWS, in milliseconds since the epoch. */
  readonly loadedAt: number;
  /** When the state was set by `SetAlarmState`, in milliseconds since the epoch; undefined for an evaluated state. */
  readonly setAt?: number | undefined;
}

export const isAlarmState = (value: unknown): value is AlarmState =>
  value === "OK" || value === "ALARM" || value === "INSUFFICIENT_DATA";

/** The common members of an alarm, from the attributes of its Terraform resource. */
export function parseAlarm(attributes: Attributes): Alarm {
  return {
    name: text(attributes.alarm_name),
    arn: text(attributes.arn),
    description: text(attributes.alarm_description),
    actionsEnabled: attributes.actions_enabled !== false,
    actions: {
      ALARM: texts(attributes.alarm_actions),
      OK: texts(attributes.ok_actions),
      INSUFFICIENT_DATA: texts(attributes.insufficient_data_actions),
    },
  };
}

export function alarmArn(name: string): string {
  return arn("cloudwatch", `alarm:${name}`);
}

/** The name in an ARN of an alarm, or the name itself. */
export const alarmName = (nameOrArn: string): string =>
  /^arn:[^:]*:cloudwatch:.*?:alarm:(.+)$/.exec(nameOrArn)?.[1] ?? nameOrArn;
