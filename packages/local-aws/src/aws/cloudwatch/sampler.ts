import type { Dimensions, MetricSink } from "./metric-sink.ts";

/** Values of a resource at one time. */
export interface Sample {
  readonly namespace: string;
  readonly dimensions: Dimensions;
  /** By the name of the metric. */
  readonly values: Readonly<Record<string, number>>;
}

/** Reads the state of resources. */
export type SampleResources = () => readonly Sample[];

/** Publishes the state of resources periodically, as services do once a minute. */
export class Sampler {
  readonly #timer: NodeJS.Timeout;

  /** @param interval in milliseconds. */
  constructor(metrics: MetricSink, resources: SampleResources, interval: number) {
    const publish = (): void => {
      for (const { namespace, dimensions, values } of resources()) metrics.put(namespace, dimensions, values);
    };
    this.#timer = setInterval(publish, interval).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
