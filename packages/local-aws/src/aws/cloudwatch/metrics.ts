import type { Clock } from "../../runtime/clock.ts";
import type { Dimensions, MetricSink } from "./metric-sink.ts";

interface Bucket {
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly values: number[];
}

/** Values are grouped by the second, so that periods are precise to the second. */
const BUCKET_MS = 1_000;
/** As long as CloudWatch retains metrics of high resolution. */
const RETENTION_MS = 3 * 3_600_000;

/** Metrics of the last three hours, in memory. */
export class Metrics implements MetricSink {
  readonly #clock: Clock;
  readonly #onPut: (namespace: string, metric: string) => void;
  readonly #series = new Map<string, Bucket[]>();

  /** @param onPut is called after each new value. */
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
      while ((series[0]?.start ?? now) < now - RETENTION_MS) series.shift();
      this.#onPut(namespace, metric);
    }
  }

  /** The values after `from` and up to `to`, oldest first. Times are milliseconds since the epoch. */
  values(namespace: string, metric: string, dimensions: Dimensions, from: number, to: number): number[] {
    const series = this.#series.get(seriesKey(namespace, metric, dimensions)) ?? [];
    return series.filter(({ start }) => start > from && start <= to).flatMap(({ values }) => values);
  }
}

function seriesKey(namespace: string, metric: string, dimensions: Dimensions): string {
  return JSON.stringify([
    namespace,
    metric,
    Object.entries(dimensions).sort(([one], [other]) => one.localeCompare(other)),
  ]);
}
