import type { Clock } from "../../runtime/clock.ts";
import type { Dimensions, MetricSink } from "./metric-sink.ts";
import type { Summary } from "./summary.ts";
import { TimeSeries } from "./time-series.ts";

interface Metric {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Dimensions;
  readonly values: TimeSeries;
}

/** Metrics of the last three hours, in memory. */
export class Metrics implements MetricSink {
  readonly #clock: Clock;
  readonly #metrics = new Map<string, Metric>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  put(namespace: string, dimensions: Dimensions, values: Readonly<Record<string, number>>): void {
    const now = this.#clock.now();
    for (const [metric, value] of Object.entries(values)) {
      this.#metric(namespace, metric, dimensions).values.add(value, now);
    }
  }

  /** The values after `from` and up to `to`, which are milliseconds since the epoch; undefined when there are none. */
  values(namespace: string, metric: string, dimensions: Dimensions, from: number, to: number): Summary | undefined {
    return this.#metrics.get(keyOf(namespace, metric, dimensions))?.values.between(from, to);
  }

  /** Every metric with values, in the order of their first values. */
  all(): readonly Omit<Metric, "values">[] {
    return [...this.#metrics.values()];
  }

  #metric(namespace: string, metric: string, dimensions: Dimensions): Metric {
    const key = keyOf(namespace, metric, dimensions);
    const known = this.#metrics.get(key) ?? { namespace, metric, dimensions, values: new TimeSeries() };
    this.#metrics.set(key, known);
    return known;
  }
}

function keyOf(namespace: string, metric: string, dimensions: Dimensions): string {
  return JSON.stringify([
    namespace,
    metric,
    Object.entries(dimensions).sort(([one], [other]) => one.localeCompare(other)),
  ]);
}
