import type { MetricDimensions, MetricName, Namespace } from "./aws-metrics.ts";

export type Statistic = "Sum" | "Average" | "Maximum" | "Minimum" | "SampleCount" | "p50" | "p95" | "p99";

/** A metric with a statistic, drawn as one line of a graph. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: Statistic;
  readonly label: string;
  /** Undefined for that of the stack. */
  readonly region?: string;
}

/**
 * A line that is computed from metrics.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export interface Computed {
  readonly expression: string;
  readonly label: string;
  /** The metrics by the IDs that they have in the expression, which are unique in the graph. */
  readonly inputs: Readonly<Record<string, Metric>>;
}

export type Line = Metric | Computed;

/** A metric that a service of AWS publishes. The compiler rejects others. */
export function metric<N extends Namespace>(
  namespace: N,
  name: MetricName<N>,
  dimensions: MetricDimensions<N>,
  { statistic, label }: Pick<Metric, "statistic" | "label">,
): Metric {
  return { namespace, name, dimensions, statistic, label };
}
