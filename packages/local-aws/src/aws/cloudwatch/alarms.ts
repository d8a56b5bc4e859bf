import { ACCOUNT_ID, REGION } from "../../runtime/account.ts";
import type { Clock } from "../../runtime/clock.ts";
import { type Alarm, type AlarmState, evaluate } from "./alarm.ts";
import type { Metrics } from "./metrics.ts";

/** Has an action done: a topic told, a function called. */
export type Act = (actionArn: string, alarmArn: string, event: AlarmEvent) => Promise<void>;

/** What a function is called with: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html */
export type AlarmEvent = Readonly<Record<string, unknown>>;

export interface StateOfAlarm {
  readonly alarm: Alarm;
  readonly state: AlarmState;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly reason: string;
}

export interface AlarmsOptions {
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly act: Act;
  /** Namespaces of which the stand-in has values. An alarm on another one can say nothing: it stays at INSUFFICIENT_DATA. */
  readonly counted: readonly string[];
}

/** The alarms, and what they are about to do. */
export class Alarms {
  readonly #options: AlarmsOptions;
  readonly #states = new Map<string, StateOfAlarm>();

  constructor(options: AlarmsOptions) {
    this.#options = options;
  }

  put(alarm: Alarm): void {
    const now = this.#options.clock.now();
    const known = this.#states.get(alarm.name);
    this.#states.set(alarm.name, {
      state: "INSUFFICIENT_DATA",
      since: now,
      reason: "Unchecked: Initial alarm creation",
      ...known,
      alarm,
    });
  }

  delete(name: string): void {
    this.#states.delete(name);
  }

  all(): StateOfAlarm[] {
    return [...this.#states.values()];
  }

  /** Looks at every alarm on this metric, or at all of them, and has done what those do that change. */
  evaluate(namespace?: string, metric?: string): void {
    const { metrics, clock, counted } = this.#options;
    const now = clock.now();
    for (const { alarm, state } of this.#states.values()) {
      if (!counted.includes(alarm.namespace)) continue;
      if (namespace !== undefined && (alarm.namespace !== namespace || alarm.metric !== metric)) continue;
      const next = evaluate(alarm, metrics, now, state);
      if (next !== state) this.set(alarm.name, next, `The metric ${alarm.metric} says so`);
    }
  }

  /** Changes a state; the alarm's actions for it are done. */
  set(name: string, state: AlarmState, reason: string): void {
    const before = this.#states.get(name);
    if (!before) return;
    const after = { alarm: before.alarm, state, since: this.#options.clock.now(), reason };
    this.#states.set(name, after);
    if (before.state === state || !before.alarm.actionsEnabled) return;
    for (const action of before.alarm.actions[state]) {
      this.#options.act(action, before.alarm.arn, eventOf(after, before)).catch((error: unknown) => {
        console.error(`The alarm ${name} could not do ${action}:`, error);
      });
    }
  }
}

function eventOf({ alarm, ...after }: StateOfAlarm, before: StateOfAlarm): AlarmEvent {
  const state = ({ state: value, reason, since }: Omit<StateOfAlarm, "alarm">) => ({
    value,
    reason,
    timestamp: new Date(since).toISOString().replace("Z", "+0000"),
  });
  const { namespace, metric: name, dimensions, period, statistic: stat } = alarm;
  return {
    source: "aws.cloudwatch",
    alarmArn: alarm.arn,
    accountId: ACCOUNT_ID,
    time: new Date(after.since).toISOString(),
    region: REGION,
    alarmData: {
      alarmName: alarm.name,
      state: state(after),
      previousState: state(before),
      configuration: {
        description: alarm.description,
        metrics: [
          { id: "m1", metricStat: { metric: { namespace, name, dimensions }, period, stat }, returnData: true },
        ],
      },
    },
  };
}
