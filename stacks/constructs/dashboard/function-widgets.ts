import type { MetricDimensions, MetricName } from "./aws-metrics.ts";
import { type Metric, metric, type Statistic } from "./metric.ts";
import { type Graph, graph } from "./widgets.ts";

/** A Lambda function, or one of its aliases. */
export interface FunctionSource {
  readonly label: string;
  readonly dimensions: MetricDimensions<"AWS/Lambda">;
}

export function functionMetric(
  { label, dimensions }: FunctionSource,
  name: MetricName<"AWS/Lambda">,
  statistic: Statistic,
): Metric {
  return metric("AWS/Lambda", name, dimensions, { statistic, label });
}

/** Errors, concurrency and throttles of Lambda functions. */
export function functionWidgets(functions: readonly FunctionSource[]): Graph[] {
  const all = (name: MetricName<"AWS/Lambda">, statistic: Statistic) =>
    functions.map((source) => functionMetric(source, name, statistic));
  return [
    graph("Errors of Lambda functions", "invocations", all("Errors", "Sum")),
    graph("Concurrent executions", "executions", all("ConcurrentExecutions", "Maximum")),
    graph("Throttles of Lambda functions", "invocations", all("Throttles", "Sum")),
  ];
}
