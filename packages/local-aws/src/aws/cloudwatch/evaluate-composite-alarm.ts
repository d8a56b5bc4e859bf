import type { AlarmStatus, Evaluation } from "./alarm.ts";
import { evaluateRule } from "./alarm-rule.ts";
import type { CompositeAlarm } from "./composite-alarm.ts";

/**
 * The next state of a composite alarm, and why.
 *
 * @param children the alarms in its rule.
 */
export function evaluateCompositeAlarm({ rule }: CompositeAlarm, children: readonly AlarmStatus[]): Evaluation {
  const states = new Map(children.map(({ alarm, state }) => [alarm.name, state]));
  const latest = children.toSorted((one, other) => other.since - one.since)[0];
  return {
    state: evaluateRule(rule, (name) => states.get(name)) ? "ALARM" : "OK",
    reason: latest ? describeTransition(latest) : "No alarm in the rule exists",
  };
}

/**
 * Whether the actions for the present state of a composite alarm wait because of its suppressor.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm_Suppression.html
 *
 * @param now milliseconds since the epoch
 * @param second milliseconds of a second in the periods of the suppressor
 */
export function isSuppressed(
  { alarm, state, since }: AlarmStatus<CompositeAlarm>,
  suppressor: AlarmStatus,
  now: number,
  second: number,
): boolean {
  const { waitPeriod = 0, extensionPeriod = 0 } = alarm.suppressor ?? {};
  if (suppressor.state === "ALARM") return true;
  const isWaiting = state === "ALARM" && now < since + waitPeriod * second;
  const isExtended = suppressor.endedAt !== undefined && now < suppressor.endedAt + extensionPeriod * second;
  return isWaiting || isExtended;
}

/** `arn:aws:cloudwatch:…:alarm:errors transitioned to ALARM at Saturday 28 November, 2026 09:10:00 UTC` */
function describeTransition({ alarm, state, since }: AlarmStatus): string {
  const format = { weekday: "long", day: "2-digit", month: "long", year: "numeric", timeZone: "UTC" } as const;
  const part = Object.fromEntries(
    new Intl.DateTimeFormat("en-GB", format).formatToParts(since).map(({ type, value }) => [type, value]),
  );
  const time = new Date(since).toISOString().slice(11, 19);
  return `${alarm.arn} transitioned to ${state} at ${part.weekday} ${part.day} ${part.month}, ${part.year} ${time} UTC`;
}
