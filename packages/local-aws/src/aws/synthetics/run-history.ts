import { Journal } from "../../runtime/journal.ts";
import type { CanaryRun } from "./canary-run.ts";

const DAY_MS = 86_400_000;

/** The number of days that runs are retained. */
export interface Retention {
  readonly successRetentionDays: number;
  readonly failureRetentionDays: number;
}

/** The runs of all canaries. */
export class RunHistory {
  readonly #runs: Journal<CanaryRun>;

  constructor(path: string) {
    this.#runs = new Journal(path);
  }

  /** Newest first. */
  of(canaryName: string): CanaryRun[] {
    return this.#runs
      .values()
      .filter((run) => run.canaryName === canaryName)
      .reverse();
  }

  /** Adds a run and deletes the expired ones of the same canary. */
  add(run: CanaryRun, { successRetentionDays, failureRetentionDays }: Retention): void {
    this.#runs.set(run.id, run);
    for (const { id, completed, outcome } of this.of(run.canaryName)) {
      const days = outcome.state === "PASSED" ? successRetentionDays : failureRetentionDays;
      if (completed < run.completed - days * DAY_MS) this.#runs.delete(id);
    }
  }

  deleteAll(canaryName: string): void {
    for (const { id } of this.of(canaryName)) this.#runs.delete(id);
  }

  close(): void {
    this.#runs.close();
  }
}
