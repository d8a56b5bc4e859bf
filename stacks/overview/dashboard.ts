import {
  cacheHitRate,
  cacheMetric,
  databaseMetric,
  type QueueSource,
  queueAge,
  queueDepth,
} from "../constructs/dashboard/data-widgets.ts";
import { functionMetric } from "../constructs/dashboard/function-widgets.ts";
import { type Line, type Metric, metric } from "../constructs/dashboard/metric.ts";
import {
  type ApiSource,
  apiCount,
  apiErrors,
  apiLatency,
  type BalancerSource,
  balancerCount,
  balancerErrors,
  type Percentile,
  responseMilliseconds,
  targetErrors,
} from "../constructs/dashboard/request-widgets.ts";
import { graph, heading, percentGraph, type Widget } from "../constructs/dashboard/widgets.ts";

/** The resources that the overview shows, by the names that CloudWatch uses. */
export interface OverviewResources {
  /** The systems with an HTTP API. */
  readonly apis: readonly ApiSource[];
  /** The systems with a load balancer. */
  readonly balancers: readonly BalancerSource[];
  readonly databaseInstance: string;
  /** Undefined in an environment without a cache. */
  readonly cacheNode: string | undefined;
  readonly queues: readonly QueueSource[];
  readonly deadLetterQueues: readonly QueueSource[];
}

/** The dashboard of all systems. */
export function overviewDashboard(resources: OverviewResources): readonly (readonly Widget[])[] {
  return [
    [heading("Requests")],
    requestWidgets(resources),
    (["p50", "p95", "p99"] as const).map((percentile) =>
      graph(`Latency: ${percentile}`, "ms", latencies(resources, percentile)),
    ),
    [heading("Saturation")],
    saturationWidgets(resources),
    [heading("Queues and cache")],
    queueWidgets(resources),
    [heading("Cost")],
    costWidgets(),
  ];
}

function requestWidgets({ apis, balancers }: OverviewResources): Widget[] {
  const errors = (name: "4xx" | "5xx"): Metric[] => [
    ...apis.map((api) => ({ ...apiErrors(api, name), label: api.label })),
    ...balancers.map((balancer) => ({ ...targetErrors(balancer, name), label: balancer.label })),
  ];
  const ownErrors = balancers.map((balancer) => ({
    ...balancerErrors(balancer),
    label: `${balancer.label}: load balancer`,
  }));
  return [
    graph("Requests", "requests", [...apis.map(apiCount), ...balancers.map(balancerCount)]),
    graph("Server errors (5xx)", "responses", [...errors("5xx"), ...ownErrors]),
    graph("Client errors (4xx)", "responses", errors("4xx")),
  ];
}

function latencies({ apis, balancers }: OverviewResources, percentile: Percentile): Line[] {
  return [
    ...apis.map((api) => ({ ...apiLatency(api, percentile), label: api.label })),
    ...balancers.map((balancer) => ({
      ...responseMilliseconds(balancer.label.toLowerCase(), balancer, percentile),
      label: balancer.label,
    })),
  ];
}

function saturationWidgets({ databaseInstance, cacheNode }: OverviewResources): Widget[] {
  const allFunctions = { label: "", dimensions: {} };
  const cpu = [
    databaseMetric(databaseInstance, "CPUUtilization", "Average", "PostgreSQL"),
    ...(cacheNode === undefined ? [] : [cacheMetric(cacheNode, "EngineCPUUtilization", "Average", "Valkey")]),
  ];
  return [
    graph("Lambda, all functions", "executions", [
      { ...functionMetric(allFunctions, "ConcurrentExecutions", "Maximum"), label: "concurrent executions" },
      { ...functionMetric(allFunctions, "Throttles", "Sum"), label: "throttles" },
    ]),
    percentGraph("CPU", cpu),
    graph("PostgreSQL: connections", "connections", [
      databaseMetric(databaseInstance, "DatabaseConnections", "Maximum", "connections"),
    ]),
  ];
}

function queueWidgets({ queues, deadLetterQueues, cacheNode }: OverviewResources): Widget[] {
  return [
    graph("Queues: age of the oldest message", "s", queues.map(queueAge)),
    graph("Dead letters", "messages", deadLetterQueues.map(queueDepth)),
    ...(cacheNode === undefined ? [] : [percentGraph("Cache hit rate", [cacheHitRate(cacheNode, "Valkey")])]),
  ];
}

/**
 * Billing metrics are published in us-east-1 only, a few times a day:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html
 */
function costWidgets(): Widget[] {
  const charges = metric(
    "AWS/Billing",
    "EstimatedCharges",
    { Currency: "USD" },
    { statistic: "Maximum", label: "USD since the first of the month" },
  );
  return [
    {
      type: "numbers",
      title: "Cost of this month",
      lines: [{ ...charges, region: "us-east-1" }],
      period: 6 * 3600,
      start: "-PT24H",
      width: 8,
      height: 4,
    },
    {
      type: "text",
      markdown:
        "The charges of the whole account, which AWS estimates a few times a day. Without a value, enable billing alerts " +
        "in the billing preferences of the account.",
      width: 16,
      height: 4,
    },
  ];
}
