import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { type Access, restService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource.ts";
import { Journal } from "../../runtime/journal.ts";
import { Timetable } from "../../runtime/timetable.ts";
import { CodeStore } from "../lambda/code-store.ts";
import { syntheticsRoutes } from "./api.ts";
import { type Canary, canaryNotFound } from "./canary.ts";
import type { CanaryRun } from "./canary-run.ts";
import { CanaryRunner, type CanaryRunnerOptions } from "./canary-runner.ts";
import { RunHistory } from "./run-history.ts";
import { type ReadObject, syntheticsTerraform } from "./terraform.ts";

export interface SyntheticsOptions extends CanaryRunnerOptions {
  /** Where scripts and runs are kept. */
  readonly directory: string;
  readonly access: Access;
  /** Scripts that lie in a bucket. */
  readonly readObject: ReadObject;
}

/** What is remembered of a canary beside its configuration. Times are milliseconds since the epoch. */
export interface CanaryState {
  readonly codeSha256: string;
  /** `RUNNING` means started: it runs at the times of its schedule. */
  readonly status: "READY" | "RUNNING" | "STOPPED";
  readonly startedAt?: number;
  readonly stoppedAt?: number;
  /** Started, and its first run not begun: the canary runs as soon as it is alive. */
  readonly firstRunDue?: boolean;
}

/** CloudWatch Synthetics: canaries whose scripts run on schedule, or by {@link runNow}, with their role's rights. */
export class Synthetics {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly #options: SyntheticsOptions;
  readonly #code: CodeStore;
  readonly #runner: CanaryRunner;
  readonly #timetable: Timetable;
  readonly #history: RunHistory;
  readonly #states: Journal<CanaryState>;
  readonly #canaries = new Map<string, Canary>();
  readonly #running = new Map<string, Promise<CanaryRun>>();
  #closing = false;

  constructor(options: SyntheticsOptions) {
    const { directory, access, clock, readObject } = options;
    this.#options = options;
    this.#code = new CodeStore(join(directory, "code"));
    this.#runner = new CanaryRunner(options);
    this.#timetable = new Timetable(clock);
    this.#history = new RunHistory(join(directory, "runs.journal"));
    this.#states = new Journal(join(directory, "canaries.journal"));
    this.#code.prune(this.#states.values().map(({ codeSha256 }) => codeSha256));
    this.service = restService({ signingName: "synthetics", routes: syntheticsRoutes(this) }, access);
    this.terraform = syntheticsTerraform({ canaries: this, clock, readObject });
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

  /** Takes the zip that a canary shall run. */
  putCode(name: string, zip: Uint8Array): void {
    const { codeSha256 } = this.#code.put(zip);
    this.#states.set(name, { status: "READY", ...this.#states.get(name), codeSha256 });
  }

  /** Brings a canary to life as it is configured; if it is started, it runs at the times of its schedule from now on. */
  put(canary: Canary): void {
    this.#canaries.set(canary.name, canary);
    if (this.stateOf(canary.name).status === "RUNNING") this.#schedule(canary);
  }

  /** Marks a canary as started. It begins when it is {@link put}, or at once when it is alive. */
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
   * Runs the canary's script now, whatever its schedule, and answers how it ended. While a run is under way there is no second one: its result is
   * the answer.
   *
   * @throws AwsError `ResourceNotFoundException`.
   */
  async runNow(name: string): Promise<CanaryRun> {
    const underWay = this.#running.get(name);
    if (underWay) return underWay;
    const run = this.#run(this.get(name)).finally(() => this.#running.delete(name));
    this.#running.set(name, run);
    return run;
  }

  /** Ends all runs, without a record of those that were under way. */
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
    this.runNow(name).catch((error) => console.error(`The canary ${name} could not run: ${String(error)}`));
  }

  async #run(canary: Canary): Promise<CanaryRun> {
    const { clock } = this.#options;
    const id = randomUUID();
    const started = clock.now();
    const outcome = await this.#runner.run(canary, this.#code.taskRoot(this.stateOf(canary.name).codeSha256), id);
    const run = { id, canaryName: canary.name, started, completed: clock.now(), outcome };
    if (!this.#closing && this.#canaries.has(canary.name)) this.#history.add(run, canary);
    return run;
  }
}
