import type { AlarmStatus } from "./alarm.ts";
import { alarmEvent } from "./alarm-event.ts";
import { alarmMessage } from "./alarm-message.ts";
import type { CompositeAlarm } from "./composite-alarm.ts";
import type { MetricAlarm } from "./metric-alarm.ts";

/** What the actions of an alarm receive. */
export interface AlarmNotification {
  /** For functions. */
  readonly event: Readonly<Record<string, unknown>>;
  /** For topics. */
  readonly message: Readonly<Record<string, unknown>>;
  readonly subject: string;
}

/** Alarm messages name the region as the console does. */
const REGION_NAME = "US East (N. Virginia)";
const MAX_SUBJECT_CHARACTERS = 100;

/**
 * A change of state, for functions and for topics.
 *
 * @param before the status of which they were notified last
 * @param statusOf the status of another alarm
 */
export function alarmNotification(
  after: AlarmStatus<MetricAlarm> | AlarmStatus<CompositeAlarm>,
  before: AlarmStatus,
  statusOf: (name: string) => AlarmStatus | undefined,
): AlarmNotification {
  const subject = `${after.state}: "${after.alarm.name}" in ${REGION_NAME}`;
  return {
    event: alarmEvent(after, before),
    message: { ...alarmMessage(after, before, statusOf), Region: REGION_NAME },
    subject: subject.slice(0, MAX_SUBJECT_CHARACTERS),
  };
}
