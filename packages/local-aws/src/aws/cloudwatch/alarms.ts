import { ACCOUNT_ID, REGION } from "../../runtime/account.ts";
import type { Clock } from "../../runtime/clock.ts";
import { type Alarm, type AlarmState, evaluate } from "./alarm.ts";
import type { Metrics } from "./metrics.ts";

/** Runs an action of an alarm: publishes to a topic, or invokes a function. */
export type RunAction = (actionArn: string, alarmArn: string, event: AlarmEvent) => Promise<void>;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html */
export type AlarmEvent = Readonly<Record<string, unknown>>;

export interface AlarmStatus {
  readonly alarm: Alarm;
  readonly state: AlarmState;
  /** Time of the last change of state, in milliseconds since the epoch. */
  readonly since: number;
  readonly reason: string;
}

export interface AlarmsOptions {
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly runAction: RunAction;
  /** Namespaces in which metrics are published. Alarms on others are not evaluated and stay at `INSUFFICIENT_DATA`. */
  readonly namespaces: readonly string[];
}

/** The alarms and their states. */
export class Alarms {
  readonly #options: AlarmsOptions;
  readonly #states = new Map<string, AlarmStatus>();

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

  has(name: string): boolean {
    return this.#states.has(name);
  }

  all(): AlarmStatus[] {
    return [...this.#states.values()];
  }

  /** Evaluates the alarms on a metric, or all alarms, and runs the actions of those whose state changes. */
  evaluate(namespace?: string, metric?: string): void {
    const { metrics, clock, namespaces } = this.#options;
    const now = clock.now();
    for (const { alarm, state } of this.#states.values()) {
      if (!namespaces.includes(alarm.namespace)) continue;
      if (namespace !== undefined && (alarm.namespace !== namespace || alarm.metric !== metric)) continue;
      const next = evaluate(alarm, metrics, now, state);
      if (next !== state) this.setState(alarm.name, next, `Evaluated from the metric ${alarm.metric}`);
    }
  }

  /** Changes the state of an alarm and runs its actions for the new state. */
  setState(name: string, state: AlarmState, reason: string): void {
    const before = this.#states.get(name);
    if (!before) return;
    const after = { alarm: before.alarm, state, since: this.#options.clock.now(), reason };
    this.#states.set(name, after);
    if (before.state === state || !before.alarm.actionsEnabled) return;
    for (const action of before.alarm.actions[state]) {
      this.#options.runAction(action, before.alarm.arn, eventOf(after, before)).catch((error: unknown) => {
        console.error(`The action ${action} of the alarm ${name} failed:`, error);
      });
    }
  }
}

function eventOf({ alarm, ...after }: AlarmStatus, before: AlarmStatus): AlarmEvent {
  const state = ({ state: value, reason, since }: Omit<AlarmStatus, "alarm">) => ({
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
