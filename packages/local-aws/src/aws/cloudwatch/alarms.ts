import { ACCOUNT_ID, REGION } from "../../runtime/account.ts";
import type { Clock } from "../../runtime/clock.ts";
import { type Alarm, type AlarmState, evaluate } from "./alarm.ts";
import type { Metrics } from "./metrics.ts";
import { isPublished } from "./published-metrics.ts";

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
  /** When the alarm was created, or loaded at a start of the local AWS, in milliseconds since the epoch. */
  readonly loadedAt: number;
}

export interface AlarmsOptions {
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly runAction: RunAction;
  /** Milliseconds of a minute in the period of an alarm; see {@link CloudWatchOptions}. */
  readonly minute: number;
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
      loadedAt: now,
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

  /** Evaluates all alarms, and runs the actions of those whose state changes. */
  evaluate(): void {
    const { metrics, clock, minute } = this.#options;
    const now = clock.now();
    for (const { alarm, state, loadedAt } of this.#states.values()) {
      if (!isPublished(alarm.namespace, alarm.metric)) continue; // It stays at `INSUFFICIENT_DATA`.
      const next = evaluate(alarm, { metrics, now, minute, loadedAt, state });
      if (next !== state) this.setState(alarm.name, next, `Evaluated from the metric ${alarm.metric}`);
    }
  }

  /** Changes the state of an alarm and runs its actions for the new state. */
  setState(name: string, state: AlarmState, reason: string): void {
    const before = this.#states.get(name);
    if (!before) return;
    const after = { ...before, state, since: this.#options.clock.now(), reason };
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
