import type { MetricSink } from "../cloudwatch/metric-sink.ts";
import type { ResolvedFunction } from "./function-registry.ts";

const NAMESPACE = "AWS/Lambda";

/**
 * Counts an invocation as Lambda does: for all functions, for the function, for the version or alias that was called, and for the version
 * behind an alias. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html
 */
export function countInvocation(
  metrics: MetricSink,
  { configuration, qualifier, version }: ResolvedFunction,
  values: { readonly Errors: number; readonly Duration: number },
): void {
  const FunctionName = configuration.functionName;
  const Resource = qualifier === undefined ? FunctionName : `${FunctionName}:${qualifier}`;
  const counted = { Invocations: 1, Throttles: 0, ...values };
  metrics.put(NAMESPACE, {}, counted);
  metrics.put(NAMESPACE, { FunctionName }, counted);
  metrics.put(NAMESPACE, { FunctionName, Resource }, counted);
  if (qualifier !== undefined && qualifier !== version) {
    metrics.put(NAMESPACE, { FunctionName, Resource, ExecutedVersion: version }, counted);
  }
}

/** Counts a call that was refused because too many were running. */
export function countThrottle(metrics: MetricSink, { configuration }: ResolvedFunction): void {
  metrics.put(NAMESPACE, { FunctionName: configuration.functionName }, { Throttles: 1 });
}
