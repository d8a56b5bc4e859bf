import type { MetricSink } from "../cloudwatch/metric-sink.ts";
import type { ResolvedFunction } from "./function-version.ts";

const NAMESPACE = "AWS/Lambda";

/**
 * Publishes the metrics of an invocation, as Lambda does: for all functions, for the function, for the version or alias
 * that was invoked, and for the version of an alias.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html
 *
 * @param values with `Duration` in milliseconds.
 */
export function publishInvocation(
  metrics: MetricSink,
  { configuration, qualifier, version }: ResolvedFunction,
  values: { readonly Errors: number; readonly Duration: number },
): void {
  const FunctionName = configuration.functionName;
  const Resource = qualifier === undefined ? FunctionName : `${FunctionName}:${qualifier}`;
  const all = { Invocations: 1, Throttles: 0, ...values };
  metrics.put(NAMESPACE, {}, all);
  metrics.put(NAMESPACE, { FunctionName }, all);
  metrics.put(NAMESPACE, { FunctionName, Resource }, all);
  if (qualifier !== undefined && qualifier !== version) {
    metrics.put(NAMESPACE, { FunctionName, Resource, ExecutedVersion: version }, all);
  }
}

/** Publishes the metric of an invocation that was throttled. */
export function publishThrottle(metrics: MetricSink, { configuration }: ResolvedFunction): void {
  metrics.put(NAMESPACE, {}, { Throttles: 1 });
  metrics.put(NAMESPACE, { FunctionName: configuration.functionName }, { Throttles: 1 });
}

/**
 * Publishes the number of concurrent executions of a function, and of all functions.
 *
 * @param executions of each function.
 */
export function publishConcurrency(
  metrics: MetricSink,
  executions: ReadonlyMap<string, number>,
  FunctionName: string,
): void {
  const all = [...executions.values()].reduce((total, count) => total + count, 0);
  metrics.put(NAMESPACE, { FunctionName }, { ConcurrentExecutions: executions.get(FunctionName) ?? 0 });
  metrics.put(NAMESPACE, {}, { ConcurrentExecutions: all });
}
