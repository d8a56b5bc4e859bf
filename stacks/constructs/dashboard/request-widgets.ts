import type { MetricDimensions } from "./aws-metrics.ts";
import { type Computed, type Line, type Metric, metric } from "./metric.ts";
import { type Graph, graph } from "./widgets.ts";

/** An HTTP API, or a stage of one. */
export interface ApiSource {
  /** Distinguishes the lines of several sources, such as the name of the stage; empty for a single one. */
  readonly label: string;
  readonly dimensions: MetricDimensions<"AWS/ApiGateway">;
}

/** A load balancer, or one of its target groups. */
export interface BalancerSource {
  readonly label: string;
  readonly dimensions: MetricDimensions<"AWS/ApplicationELB">;
}

const PERCENTILES = ["p50", "p95", "p99"] as const;
export type Percentile = (typeof PERCENTILES)[number];

const labelled = (source: string, line: string): string => (source === "" ? line : `${source}: ${line}`);

export function apiCount({ label, dimensions }: ApiSource): Metric {
  return metric("AWS/ApiGateway", "Count", dimensions, { statistic: "Sum", label: label || "requests" });
}

export function apiErrors({ label, dimensions }: ApiSource, name: "4xx" | "5xx"): Metric {
  return metric("AWS/ApiGateway", name, dimensions, { statistic: "Sum", label: labelled(label, name) });
}

export function apiLatency({ label, dimensions }: ApiSource, statistic: Percentile): Metric {
  return metric("AWS/ApiGateway", "Latency", dimensions, { statistic, label: labelled(label, statistic) });
}

/** Requests, errors and latency of HTTP APIs. */
export function apiWidgets(sources: readonly ApiSource[]): Graph[] {
  return [
    graph("Requests", "requests", sources.map(apiCount)),
    graph(
      "Errors: 4xx by clients, 5xx by the service",
      "responses",
      sources.flatMap((source) => [apiErrors(source, "5xx"), apiErrors(source, "4xx")]),
    ),
    graph(
      "Latency",
      "ms",
      sources.flatMap((source) => PERCENTILES.map((percentile) => apiLatency(source, percentile))),
    ),
  ];
}

export function balancerCount({ label, dimensions }: BalancerSource): Metric {
  return metric("AWS/ApplicationELB", "RequestCount", dimensions, { statistic: "Sum", label: label || "requests" });
}

export function targetErrors({ label, dimensions }: BalancerSource, name: "4xx" | "5xx"): Metric {
  const count = name === "4xx" ? "HTTPCode_Target_4XX_Count" : "HTTPCode_Target_5XX_Count";
  return metric("AWS/ApplicationELB", count, dimensions, { statistic: "Sum", label: labelled(label, name) });
}

/** The errors of the load balancer itself. */
export function balancerErrors({ dimensions }: BalancerSource): Metric {
  return metric("AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count", dimensions, {
    statistic: "Sum",
    label: "load balancer: 5xx",
  });
}

/** In seconds, as the load balancer publishes it. */
function responseTime({ label, dimensions }: BalancerSource, statistic: Percentile): Metric {
  return metric("AWS/ApplicationELB", "TargetResponseTime", dimensions, {
    statistic,
    label: labelled(label, statistic),
  });
}

/** In milliseconds, to compare it with an HTTP API. */
export function responseMilliseconds(id: string, source: BalancerSource, statistic: Percentile): Computed {
  const time = responseTime(source, statistic);
  return { expression: `${id} * 1000`, label: time.label, inputs: { [id]: time } };
}

/** Requests, errors and response times of the target groups of a load balancer. */
export function balancerWidgets(balancer: BalancerSource, targets: readonly BalancerSource[]): Graph[] {
  const errors: readonly Line[] = [
    balancerErrors(balancer),
    ...targets.flatMap((target) => [targetErrors(target, "5xx"), targetErrors(target, "4xx")]),
  ];
  return [
    graph("Requests", "requests", targets.map(balancerCount)),
    graph("Errors: 4xx by clients, 5xx by the service", "responses", errors),
    graph(
      "Response time",
      "s",
      targets.flatMap((target) => PERCENTILES.map((percentile) => responseTime(target, percentile))),
    ),
  ];
}
