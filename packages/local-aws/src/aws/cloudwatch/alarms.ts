import type { Clock } from "../../runtime/clock.ts";
import type { Alarm, AlarmState, AlarmStatus } from "./alarm.ts";
import { type AlarmNotification, alarmNotification } from "./alarm-notification.ts";
import { evaluateAlarm } from "./evaluate-alarm.ts";
import type { Metrics } from "./metrics.ts";
import { isPublished } from "./published-metrics.ts";

/** Runs an action of an alarm: publishes to a topic, or invokes a function. */
export type RunAction = (actionArn: string, alarmArn: string, notification: AlarmNotification) => Promise<void>;

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
      const next = evaluateAlarm(alarm, { metrics, now, minute, loadedAt, state });
      if (next.state !== state) this.setState(alarm.name, next.state, next.reason);
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
      this.#options.runAction(action, before.alarm.arn, alarmNotification(after, before)).catch((error: unknown) => {
        console.error(`The action ${action} of the alarm ${name} failed:`, error);
      });
    }
  }
}
