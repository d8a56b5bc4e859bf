import type { Indicator, IndicatorMetric } from "./objective.ts";

interface Source {
  readonly namespace: "AWS/ApiGateway" | "AWS/ApplicationELB";
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A stage of an HTTP API. */
export const apiSource = (apiId: string, stage: string): Source => ({
  namespace: "AWS/ApiGateway",
  dimensions: { ApiId: apiId, Stage: stage },
});

/** A load balancer with all of its targets. */
export const balancerSource = (loadBalancer: string): Source => ({
  namespace: "AWS/ApplicationELB",
  dimensions: { LoadBalancer: loadBalancer },
});

/** Of responses, those with a 5xx status are bad. Both services publish no errors while there are none. */
export function errorIndicator(source: Source): Indicator {
  const errors = errorMetrics[source.namespace];
  const sum = Object.keys(errors)
    .map((id) => `FILL(${id}, 0)`)
    .join(" + ");
  return {
    badPercentage: `100 * (${sum}) / requests`,
    metrics: { ...metricsOf(source, errors), requests: requests(source) },
  };
}

/**
 * Of responses, those that take longer are bad.
 *
 * @param limit in milliseconds.
 */
export function latencyIndicator(source: Source, limit: number): Indicator {
  const { namespace, dimensions } = source;
  const latency = {
    // API Gateway measures milliseconds, and Elastic Load Balancing seconds.
    "AWS/ApiGateway": { metricName: "Latency", statistic: `PR(:${limit})` },
    "AWS/ApplicationELB": { metricName: "TargetResponseTime", statistic: `PR(:${limit / 1_000})` },
  } as const;
  return {
    badPercentage: "100 - fast",
    metrics: { fast: { namespace, dimensions, ...latency[namespace] }, requests: requests(source) },
  };
}

const errorMetrics = {
  "AWS/ApiGateway": { errors: "5xx" },
  "AWS/ApplicationELB": { own: "HTTPCode_ELB_5XX_Count", targets: "HTTPCode_Target_5XX_Count" },
} as const;

const requests = (source: Source): IndicatorMetric =>
  sumOf(source, source.namespace === "AWS/ApiGateway" ? "Count" : "RequestCount");

const metricsOf = (source: Source, names: Readonly<Record<string, string>>): Record<string, IndicatorMetric> =>
  Object.fromEntries(Object.entries(names).map(([id, metricName]) => [id, sumOf(source, metricName)]));

const sumOf = ({ namespace, dimensions }: Source, metricName: string): IndicatorMetric => ({
  namespace,
  metricName,
  dimensions,
  statistic: "Sum",
});
