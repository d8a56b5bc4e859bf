import type { Clock } from "../../runtime/clock.ts";
import type { Dimensions, MetricSink } from "./metric-sink.ts";
import { merge, type Summary, Values } from "./summary.ts";

interface Bucket {
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly values: Values;
}

interface Series {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Dimensions;
  readonly buckets: Bucket[];
}

/** Values are grouped by the second, the precision of periods. */
const BUCKET_MS = 1_000;
/** As long as CloudWatch retains metrics of high resolution. */
const RETENTION_MS = 3 * 3_600_000;

/** Metrics of the last three hours, in memory. */
export class Metrics implements MetricSink {
  readonly #clock: Clock;
  readonly #series = new Map<string, Series>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  put(namespace: string, dimensions: Dimensions, values: Readonly<Record<string, number>>): void {
    const now = this.#clock.now();
    for (const [metric, value] of Object.entries(values)) {
      const { buckets } = this.#seriesOf(namespace, metric, dimensions);
      bucketAt(buckets, now).add(value);
      while ((buckets[0]?.start ?? now) < now - RETENTION_MS) buckets.shift();
    }
  }

  /** The values after `from` and up to `to`, which are milliseconds since the epoch; undefined when there are none. */
  values(namespace: string, metric: string, dimensions: Dimensions, from: number, to: number): Summary | undefined {
    const buckets = this.#series.get(seriesKey(namespace, metric, dimensions))?.buckets ?? [];
    const inRange = buckets.slice(indexAfter(buckets, from), indexAfter(buckets, to));
    return merge(inRange.map(({ values }) => values.summary()));
  }

  /** Every metric with values, in the order of their first values. */
  all(): readonly Omit<Series, "buckets">[] {
    return [...this.#series.values()];
  }

  #seriesOf(namespace: string, metric: string, dimensions: Dimensions): Series {
    const key = seriesKey(namespace, metric, dimensions);
    const series = this.#series.get(key) ?? { namespace, metric, dimensions, buckets: [] };
    this.#series.set(key, series);
    return series;
  }
}

function bucketAt(buckets: Bucket[], now: number): Values {
  const start = now - (now % BUCKET_MS);
  const last = buckets.at(-1);
  if (last?.start === start) return last.values;
  const values = new Values();
  buckets.push({ start, values });
  return values;
}

/** The index of the first bucket that starts later. */
function indexAfter(buckets: readonly Bucket[], time: number): number {
  let low = 0;
  let high = buckets.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((buckets[middle]?.start ?? time) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function seriesKey(namespace: string, metric: string, dimensions: Dimensions): string {
  return JSON.stringify([
    namespace,
    metric,
    Object.entries(dimensions).sort(([one], [other]) => one.localeCompare(other)),
  ]);
}
