/** The results of an interval. Times are in milliseconds. */
export interface Interval {
  readonly sent: number;
  readonly failed: number;
  readonly median: number;
  readonly p99: number;
}

/** Collects the results of requests per interval. */
export class Measurement {
  #times: number[] = [];
  #failed = 0;
  totalSent = 0;
  totalFailed = 0;

  /** @param milliseconds until the response; undefined for a request without a successful one. */
  add(milliseconds: number | undefined): void {
    this.totalSent += 1;
    if (milliseconds === undefined) {
      this.#failed += 1;
      this.totalFailed += 1;
    } else this.#times.push(milliseconds);
  }

  /** The results since the last call. */
  take(): Interval {
    const times = this.#times.toSorted((one, other) => one - other);
    const interval = {
      sent: times.length + this.#failed,
      failed: this.#failed,
      median: quantile(times, 0.5),
      p99: quantile(times, 0.99),
    };
    this.#times = [];
    this.#failed = 0;
    return interval;
  }
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
