import type { Clock } from "./clock.ts";
import type { Schedule } from "./schedule.ts";

/**
 * The longest time that `setTimeout` can wait (2^31 - 1 milliseconds, 24.8 days); a longer wait would end immediately.
 */
const MAX_WAIT_MS = 2_147_483_647;

/** Runs at each time of a schedule, which it is passed in milliseconds since the epoch. */
export type Task = (due: number) => void;

interface Entry {
  readonly schedule: Schedule;
  readonly run: Task;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Runs tasks at the times of their schedules. Each wait is computed from the clock, so times do not drift. A task runs
 * once for all times that pass while the machine sleeps, and not for times at which the process does not run. Waiting
 * does not keep the process running.
 */
export class Timetable {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Replaces the schedule of this key. */
  set(key: string, schedule: Schedule, run: Task): void {
    this.delete(key);
    const entry: Entry = { schedule, run, timer: undefined };
    this.#entries.set(key, entry);
    this.#plan(entry, this.#clock.now());
  }

  delete(key: string): void {
    clearTimeout(this.#entries.get(key)?.timer);
    this.#entries.delete(key);
  }

  stop(): void {
    for (const key of [...this.#entries.keys()]) this.delete(key);
  }

  #plan(entry: Entry, after: number): void {
    const due = entry.schedule.next(after);
    if (due !== undefined) this.#wait(entry, due);
  }

  #wait(entry: Entry, due: number): void {
    const wait = Math.min(Math.max(due - this.#clock.now(), 0), MAX_WAIT_MS);
    entry.timer = setTimeout(() => {
      const now = this.#clock.now();
      if (now < due) return this.#wait(entry, due); // A wait over the maximum, or a timer that fired a fraction early.
      this.#plan(entry, now);
      entry.run(due);
    }, wait).unref();
  }
}
