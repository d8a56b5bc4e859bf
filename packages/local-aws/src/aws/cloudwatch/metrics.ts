import type { Clock } from "../../runtime/clock.ts";
import type { Dimensions, MetricSink } from "./metric-sink.ts";

interface Bucket {
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly values: number[];
}

/** Values of one second count together: an alarm of a minute then sees a minute to the second. */
const BUCKET_MS = 1_000;
/** CloudWatch keeps values of high resolution as long. */
const KEPT_MS = 3 * 3_600_000;

/** Metrics of the last hours, in memory. */
export class Metrics implements MetricSink {
  readonly #clock: Clock;
  readonly #onPut: (namespace: string, metric: string) => void;
  readonly #series = new Map<string, Bucket[]>();

  /** @param onPut hears of each new value. */
  constructor(clock: Clock, onPut: (namespace: string, metric: string) => void = () => {}) {
    this.#clock = clock;
    this.#onPut = onPut;
  }

  put(namespace: string, dimensions: Dimensions, values: Readonly<Record<string, number>>): void {
    const now = this.#clock.now();
    const start = now - (now % BUCKET_MS);
    for (const [metric, value] of Object.entries(values)) {
      const key = seriesKey(namespace, metric, dimensions);
      const series = this.#series.get(key) ?? [];
      this.#series.set(key, series);
      const last = series.at(-1);
      if (last?.start === start) last.values.push(value);
      else series.push({ start, values: [value] });
      while ((series[0]?.start ?? now) < now - KEPT_MS) series.shift();
      this.#onPut(namespace, metric);
    }
  }

  /** The values after `from` and up to `to`, the oldest first. */
  values(namespace: string, metric: string, dimensions: Dimensions, from: number, to: number): number[] {
    const series = this.#series.get(seriesKey(namespace, metric, dimensions)) ?? [];
    return series.filter(({ start }) => start > from && start <= to).flatMap(({ values }) => values);
  }
}

/** A statistic of values by CloudWatch's name for it; undefined when there are none. */
export function statistic(name: string, values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sum = values.reduce((total, value) => total + value, 0);
  const percentile = /^p(\d+(?:\.\d+)?)$/.exec(name)?.[1];
  if (percentile !== undefined) {
    const sorted = values.toSorted((one, other) => one - other);
    return sorted[Math.max(0, Math.ceil((Number(percentile) / 100) * sorted.length) - 1)];
  }
  switch (name) {
    case "Sum":
      return sum;
    case "Average":
      return sum / values.length;
    case "Minimum":
      return Math.min(...values);
    case "Maximum":
      return Math.max(...values);
    case "SampleCount":
      return values.length;
    default:
      throw new TypeError(`the local stand-in knows no statistic ${name}`);
  }
}

function seriesKey(namespace: string, metric: string, dimensions: Dimensions): string {
  return JSON.stringify([
    namespace,
    metric,
    Object.entries(dimensions).sort(([one], [other]) => one.localeCompare(other)),
  ]);
}
