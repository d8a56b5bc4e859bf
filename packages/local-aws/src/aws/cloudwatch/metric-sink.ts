/** The dimensions of a metric: name → value. */
export type Dimensions = Readonly<Record<string, string>>;

/** The part of CloudWatch that other services use to publish metrics. */
export interface MetricSink {
  /** @param values by the name of the metric. */
  put(namespace: string, dimensions: Dimensions, values: Readonly<Record<string, number>>): void;
}
