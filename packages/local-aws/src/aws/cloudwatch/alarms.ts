import type { Clock } from "../../runtime/clock.ts";
import type { AlarmState, AlarmStatus, Evaluation } from "./alarm.ts";
import { type AlarmNotification, alarmNotification } from "./alarm-notification.ts";
import { alarmsInRule } from "./alarm-rule.ts";
import type { CompositeAlarm } from "./composite-alarm.ts";
import { evaluateAlarm } from "./evaluate-alarm.ts";
import { evaluateCompositeAlarm, isSuppressed } from "./evaluate-composite-alarm.ts";
import { type MetricAlarm, metricsOf } from "./metric-alarm.ts";
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
  readonly #metricAlarms = new Map<string, AlarmStatus<MetricAlarm>>();
  readonly #compositeAlarms = new Map<string, AlarmStatus<CompositeAlarm>>();
  /** The statuses whose actions were run last. Those of a composite alarm can be suppressed for some time. */
  readonly #announced = new Map<string, AlarmStatus>();

  constructor(options: AlarmsOptions) {
    this.#options = options;
  }

  put(alarm: MetricAlarm): void {
    this.#put(this.#metricAlarms, alarm);
  }

  putComposite(alarm: CompositeAlarm): void {
    this.#put(this.#compositeAlarms, alarm);
  }

  delete(name: string): void {
    this.#metricAlarms.delete(name);
    this.#compositeAlarms.delete(name);
    this.#announced.delete(name);
  }

  has(name: string): boolean {
    return this.#status(name) !== undefined;
  }

  metricAlarms(): AlarmStatus<MetricAlarm>[] {
    return [...this.#metricAlarms.values()];
  }

  compositeAlarms(): AlarmStatus<CompositeAlarm>[] {
    return [...this.#compositeAlarms.values()];
  }

  all(): AlarmStatus[] {
    return [...this.metricAlarms(), ...this.compositeAlarms()];
  }

  /** Evaluates all alarms, and runs the actions of those whose state changes. */
  evaluate(): void {
    for (const status of this.#metricAlarms.values()) this.#evaluateMetricAlarm(status);
    for (const status of this.#compositeAlarms.values()) this.#evaluateCompositeAlarm(status);
  }

  /**
   * Sets the state of an alarm until its metric, or an alarm in its rule, changes. On AWS, the next evaluation replaces
   * it, which is too soon to observe what follows from a state.
   */
  override(name: string, state: AlarmState, reason: string): void {
    this.#change(name, { state, reason }, this.#options.clock.now());
  }

  #put<Kind extends MetricAlarm | CompositeAlarm>(statuses: Map<string, AlarmStatus<Kind>>, alarm: Kind): void {
    const now = this.#options.clock.now();
    const known = statuses.get(alarm.name);
    const initial = { state: "INSUFFICIENT_DATA", reason: "Unchecked: Initial alarm creation" } as const;
    const status = { ...initial, since: now, loadedAt: now, ...known, alarm };
    statuses.set(alarm.name, status);
    if (!known) this.#announced.set(alarm.name, status);
  }

  #evaluateMetricAlarm({ alarm, state, loadedAt, setAt }: AlarmStatus<MetricAlarm>): void {
    const { metrics, clock, minute } = this.#options;
    const now = clock.now();
    const used = metricsOf(alarm);
    if (!used.every(({ namespace, metric }) => isPublished(namespace, metric))) return; // `INSUFFICIENT_DATA`.
    const hasNewValue = (since: number) =>
      used.some(({ namespace, metric, dimensions }) => metrics.values(namespace, metric, dimensions, since, now));
    if (setAt !== undefined && !hasNewValue(setAt)) return;
    const next = evaluateAlarm(alarm, { metrics, now, minute, loadedAt, state });
    if (next.state !== state) this.#change(alarm.name, next);
  }

  #evaluateCompositeAlarm({ alarm, state, setAt }: AlarmStatus<CompositeAlarm>): void {
    const children = alarmsInRule(alarm.rule).flatMap((name) => this.#status(name) ?? []);
    const isOverridden = setAt !== undefined && children.every(({ since }) => since <= setAt);
    const next = isOverridden ? { state, reason: "" } : evaluateCompositeAlarm(alarm, children);
    if (next.state !== state) this.#change(alarm.name, next);
    else this.#runActions(alarm.name); // Those that were suppressed so far.
  }

  /** Changes the state of an alarm and runs its actions for the new state. */
  #change(name: string, { state, reason }: Evaluation, setAt?: number): void {
    const now = this.#options.clock.now();
    const ended = this.#status(name)?.state === "ALARM" && { endedAt: now };
    const changes = { state, reason, since: now, setAt, ...ended };
    const metricAlarm = this.#metricAlarms.get(name);
    if (metricAlarm) this.#metricAlarms.set(name, { ...metricAlarm, ...changes });
    const compositeAlarm = this.#compositeAlarms.get(name);
    if (compositeAlarm) this.#compositeAlarms.set(name, { ...compositeAlarm, ...changes });
    this.#runActions(name);
  }

  #runActions(name: string): void {
    const after = this.#status(name);
    const before = this.#announced.get(name);
    if (!after || !before || after.state === before.state || this.#isSuppressed(name)) return;
    this.#announced.set(name, after);
    if (!after.alarm.actionsEnabled) return;
    const notification = alarmNotification(after, before, (child) => this.#status(child));
    for (const action of after.alarm.actions[after.state]) {
      this.#options.runAction(action, after.alarm.arn, notification).catch((error: unknown) => {
        console.error(`The action ${action} of the alarm ${name} failed:`, error);
      });
    }
  }

  #isSuppressed(name: string): boolean {
    const status = this.#compositeAlarms.get(name);
    const suppressor = status?.alarm.suppressor && this.#status(status.alarm.suppressor.name);
    if (!status || !suppressor) return false;
    return isSuppressed(status, suppressor, this.#options.clock.now(), this.#options.minute / 60);
  }

  #status(name: string): AlarmStatus<MetricAlarm> | AlarmStatus<CompositeAlarm> | undefined {
    return this.#metricAlarms.get(name) ?? this.#compositeAlarms.get(name);
  }
}
