import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { CodeStore } from "../../processes/code-store.ts";
import { Journal } from "../../runtime/journal.ts";
import { Timetable } from "../../runtime/timetable.ts";
import type { MetricSink } from "../cloudwatch/metric-sink.ts";
import { type Canary, canaryNotFound, parseCanarySchedule } from "./canary.ts";
import type { CanaryRun } from "./canary-run.ts";
import { CanaryRunner, type CanaryRunnerOptions } from "./canary-runner.ts";
import { RunHistory } from "./run-history.ts";
import { publishRun } from "./run-metrics.ts";

export interface CanariesOptions extends CanaryRunnerOptions {
  readonly metrics: MetricSink;
  /** The folder in which scripts, states and runs are stored. */
  readonly directory: string;
}

/** The stored state of a canary, in addition to its configuration. Times are milliseconds since the epoch. */
export interface CanaryState {
  readonly codeSha256: string;
  /** `RUNNING` means started: the canary runs on its schedule. */
  readonly status: "READY" | "RUNNING" | "STOPPED";
  readonly startedAt?: number;
  readonly stoppedAt?: number;
  /** The canary was started, but its configuration is not loaded yet: it runs as soon as it is. */
  readonly firstRunDue?: boolean;
  /** The schedule that `UpdateCanary` has set, in place of the configured one. */
  readonly changedSchedule?: { readonly expression: string; readonly durationSeconds: number } | undefined;
}

/** The canaries, whose scripts run on schedule or by {@link Canaries.runNow}, with the permissions of their roles. */
export class Canaries {
  readonly #options: CanariesOptions;
  readonly #code: CodeStore;
  readonly #runner: CanaryRunner;
  readonly #timetable: Timetable;
  readonly #history: RunHistory;
  readonly #states: Journal<CanaryState>;
  readonly #canaries = new Map<string, Canary>();
  readonly #running = new Map<string, Promise<CanaryRun>>();
  #closing = false;

  constructor(options: CanariesOptions) {
    const { directory, clock } = options;
    this.#options = options;
    this.#code = new CodeStore(join(directory, "code"));
    this.#runner = new CanaryRunner(options);
    this.#timetable = new Timetable(clock);
    this.#history = new RunHistory(join(directory, "runs.journal"));
    this.#states = new Journal(join(directory, "canaries.journal"));
    this.#code.prune(this.#states.values().map(({ codeSha256 }) => codeSha256));
  }

  all(): Canary[] {
    return [...this.#canaries.values()];
  }

  find(name: string): Canary | undefined {
    return this.#canaries.get(name);
  }

  /** @throws AwsError `ResourceNotFoundException`. */
  get(name: string): Canary {
    const canary = this.find(name);
    if (!canary) throw canaryNotFound(name);
    return canary;
  }

  /** @throws AwsError `ResourceNotFoundException`. */
  stateOf(name: string): CanaryState {
    const state = this.#states.get(name);
    if (!state) throw canaryNotFound(name);
    return state;
  }

  /** Newest first. */
  runsOf(name: string): CanaryRun[] {
    return this.#history.of(name);
  }

  hasCode(name: string): boolean {
    const state = this.#states.get(name);
    return state !== undefined && this.#code.has(state.codeSha256);
  }

  /** Stores the zip with the script of a canary. */
  putCode(name: string, zip: Uint8Array): void {
    const { codeSha256 } = this.#code.put(zip);
    this.#states.set(name, { status: "READY", ...this.#states.get(name), codeSha256 });
  }

  /** Loads the configuration of a canary. If the canary is started, it begins to run on its schedule. */
  put(configured: Canary): void {
    const { status, changedSchedule } = this.stateOf(configured.name);
    const changed = changedSchedule && parseCanarySchedule(changedSchedule.expression, changedSchedule.durationSeconds);
    const canary = { ...configured, ...changed };
    this.#canaries.set(canary.name, canary);
    if (status === "RUNNING") this.#schedule(canary);
  }

  /** Changes the schedule of a canary, or returns to the configured one with the next {@link put}. */
  changeSchedule(name: string, changedSchedule: CanaryState["changedSchedule"]): void {
    this.#states.set(name, { ...this.stateOf(name), changedSchedule });
    if (changedSchedule) this.put(this.get(name));
  }

  /**
   * Marks a canary as started. It begins to run with the next {@link put}, or immediately if its configuration is
   * loaded.
   */
  start(name: string): void {
    const startedAt = this.#options.clock.now();
    this.#states.set(name, { ...this.stateOf(name), status: "RUNNING", startedAt, firstRunDue: true });
    const canary = this.find(name);
    if (canary) this.#schedule(canary);
  }

  stop(name: string): void {
    this.#timetable.delete(name);
    const stoppedAt = this.#options.clock.now();
    this.#states.set(name, { ...this.stateOf(name), status: "STOPPED", stoppedAt, firstRunDue: false });
  }

  delete(name: string): void {
    this.#timetable.delete(name);
    this.#canaries.delete(name);
    this.#states.delete(name);
    this.#history.deleteAll(name);
  }

  /**
   * Runs the script of a canary now, regardless of its schedule. During a run no second one starts; the result of the
   * current one is returned.
   *
   * @throws AwsError `ResourceNotFoundException`.
   */
  async runNow(name: string): Promise<CanaryRun> {
    const current = this.#running.get(name);
    if (current) return current;
    const run = this.#run(this.get(name)).finally(() => this.#running.delete(name));
    this.#running.set(name, run);
    return run;
  }

  /** Stops all schedules and runs. Runs in progress are not recorded. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#timetable.stop();
    this.#runner.close();
    await Promise.allSettled(this.#running.values());
    this.#history.close();
    this.#states.close();
  }

  #schedule(canary: Canary): void {
    const { name, schedule } = canary;
    if (schedule) this.#timetable.set(name, schedule, () => this.#runOnSchedule(name));
    else this.#timetable.delete(name);
    const { firstRunDue, ...state } = this.stateOf(name);
    if (!firstRunDue) return;
    this.#states.set(name, state);
    if (!canary.runsAtStart) return;
    this.#runUnattended(name);
    if (!schedule) this.stop(name);
  }

  #runOnSchedule(name: string): void {
    const { durationSeconds } = this.get(name);
    const { startedAt = 0 } = this.stateOf(name);
    if (durationSeconds > 0 && this.#options.clock.now() > startedAt + durationSeconds * 1_000) this.stop(name);
    else this.#runUnattended(name);
  }

  #runUnattended(name: string): void {
    this.runNow(name).catch((error) => console.error(`The canary ${name} failed to run: ${String(error)}`));
  }

  async #run(canary: Canary): Promise<CanaryRun> {
    const { clock } = this.#options;
    const id = randomUUID();
    const started = clock.now();
    const outcome = await this.#runner.run(canary, this.#code.taskRoot(this.stateOf(canary.name).codeSha256), id);
    const run = { id, canaryName: canary.name, started, completed: clock.now(), outcome };
    if (this.#closing || !this.#canaries.has(canary.name)) return run;
    this.#history.add(run, canary);
    publishRun(this.#options.metrics, run);
    return run;
  }
}
