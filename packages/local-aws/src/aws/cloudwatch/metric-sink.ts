/** Name → value of what a metric is counted by. */
export type Dimensions = Readonly<Record<string, string>>;

/** Where services count what they do: CloudWatch, seen from inside. */
export interface MetricSink {
  put(namespace: string, dimensions: Dimensions, values: Readonly<Record<string, number>>): void;
}
