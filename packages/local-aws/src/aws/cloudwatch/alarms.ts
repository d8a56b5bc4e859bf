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
    for (const { alarm, state, loadedAt, setAt } of this.#states.values()) {
      const { namespace, metric, dimensions } = alarm;
      if (!isPublished(namespace, metric)) continue; // It stays at `INSUFFICIENT_DATA`.
      if (setAt !== undefined && !metrics.values(namespace, metric, dimensions, setAt, now)) continue;
      const next = evaluateAlarm(alarm, { metrics, now, minute, loadedAt, state });
      if (next.state !== state) this.#change(alarm.name, next.state, next.reason);
    }
  }

  /**
   * Sets the state of an alarm until its metric has a new value. On AWS, the next evaluation replaces it, which is too
   * soon to observe what follows from a state.
   */
  override(name: string, state: AlarmState, reason: string): void {
    this.#change(name, state, reason, this.#options.clock.now());
  }

  /** Changes the state of an alarm and runs its actions for the new state. */
  #change(name: string, state: AlarmState, reason: string, setAt?: number): void {
    const before = this.#states.get(name);
    if (!before) return;
    const { setAt: _, ...evaluated } = before;
    const after = {
      ...evaluated,
      state,
      since: this.#options.clock.now(),
      reason,
      ...(setAt !== undefined && { setAt }),
    };
    this.#states.set(name, after);
    if (before.state === state || !before.alarm.actionsEnabled) return;
    for (const action of before.alarm.actions[state]) {
      this.#options.runAction(action, before.alarm.arn, alarmNotification(after, before)).catch((error: unknown) => {
        console.error(`The action ${action} of the alarm ${name} failed:`, error);
      });
    }
  }
}
