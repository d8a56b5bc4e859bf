import { merge, type Summary, thin, Values } from "./summary.ts";

interface Bucket {
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly values: Pick<Values, "summary">;
}

/** Values are grouped by the second, the precision of periods. */
const BUCKET_MS = 1_000;
/** Older values are grouped by the length that the shortest periods of graphs have then. */
const OLD = { age: 15 * 60_000, bucket: 10_000 };
/** As long as CloudWatch retains metrics of high resolution. */
const RETENTION_MS = 3 * 3_600_000;

/** The values of a metric of the last three hours, in bounded memory. */
export class TimeSeries {
  /** In the order of time: old ones, then recent ones. */
  readonly #buckets: Bucket[] = [];
  #old = 0;

  /** @param now milliseconds since the epoch; not earlier than before. */
  add(value: number, now: number): void {
    const start = now - (now % BUCKET_MS);
    const last = this.#buckets.at(-1);
    if (last?.start === start && last.values instanceof Values) last.values.add(value);
    else {
      const values = new Values();
      values.add(value);
      this.#buckets.push({ start, values });
      this.#compact(now);
    }
  }

  /** The values after `from` and up to `to`, which are milliseconds since the epoch; undefined when there are none. */
  between(from: number, to: number): Summary | undefined {
    const inRange = this.#buckets.slice(this.#indexAfter(from), this.#indexAfter(to));
    return merge(inRange.map(({ values }) => values.summary()));
  }

  #compact(now: number): void {
    while ((this.#buckets[0]?.start ?? now) < now - RETENTION_MS) {
      this.#buckets.shift();
      this.#old = Math.max(0, this.#old - 1);
    }
    for (;;) {
      const next = this.#buckets[this.#old];
      if (!next || next.start >= now - OLD.age) return;
      const start = next.start - (next.start % OLD.bucket);
      const before = this.#buckets[this.#old - 1];
      const same = before?.start === start ? [before, next] : [next];
      const summary = merge(same.map(({ values }) => values.summary()));
      const thinned = summary && thin(summary);
      const values = { summary: () => thinned ?? next.values.summary() };
      this.#buckets.splice(this.#old - same.length + 1, same.length, { start, values });
      if (same.length === 1) this.#old += 1;
    }
  }

  /** The index of the first bucket that starts later. */
  #indexAfter(time: number): number {
    let low = 0;
    let high = this.#buckets.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#buckets[middle]?.start ?? time) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
