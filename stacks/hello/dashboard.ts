import { tableWidgets } from "../constructs/dashboard/data-widgets.ts";
import { functionWidgets } from "../constructs/dashboard/function-widgets.ts";
import { type Computed, type Metric, metric } from "../constructs/dashboard/metric.ts";
import { apiCount, apiWidgets } from "../constructs/dashboard/request-widgets.ts";
import { graph, heading, percentGraph, type Widget } from "../constructs/dashboard/widgets.ts";
import type { MonitoredStage } from "./alarm-definitions.ts";

/** The dashboard of the Hello API, with lines for each stage. */
export function helloDashboard(stages: readonly MonitoredStage[]): readonly (readonly Widget[])[] {
  return [
    [heading("Requests to the API")],
    apiWidgets(stages.map(apiSource)),
    [heading("CloudFront")],
    [
      graph(
        "Requests to CloudFront",
        "requests",
        stages.map((stage) => edgeMetric(stage, "Requests")),
      ),
      percentGraph("Error rates of CloudFront", stages.flatMap(errorRates)),
      percentGraph("Cache hit rate of CloudFront", stages.map(edgeHitRate)),
    ],
    [heading("Functions")],
    functionWidgets(
      stages.map(({ stage, functionName }) => ({ label: stage, dimensions: { FunctionName: functionName } })),
    ),
    [heading("Tables")],
    tableWidgets(stages.map(({ stage, table }) => ({ label: stage, name: table }))),
  ];
}

const apiSource = ({ stage, apiId }: MonitoredStage) => ({ label: stage, dimensions: { ApiId: apiId, Stage: stage } });

function edgeMetric(
  { stage, distributionId }: MonitoredStage,
  name: "Requests" | "4xxErrorRate" | "5xxErrorRate",
): Metric {
  const dimensions = { DistributionId: distributionId, Region: "Global" };
  const statistic = name === "Requests" ? "Sum" : "Average";
  return metric("AWS/CloudFront", name, dimensions, { statistic, label: stage });
}

function errorRates(stage: MonitoredStage): Metric[] {
  return (["5xxErrorRate", "4xxErrorRate"] as const).map((name) => ({
    ...edgeMetric(stage, name),
    label: `${stage.stage}: ${name.slice(0, 3)}`,
  }));
}

/**
 * The share of the requests that CloudFront did not forward to the API. Its own metric `CacheHitRate` is charged:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/viewing-cloudfront-metrics.html
 */
function edgeHitRate(stage: MonitoredStage): Computed {
  const [requests, forwarded] = [`${stage.stage}_requests`, `${stage.stage}_forwarded`];
  return {
    expression: `100 * (${requests} - ${forwarded}) / ${requests}`,
    label: stage.stage,
    inputs: { [requests]: edgeMetric(stage, "Requests"), [forwarded]: apiCount(apiSource(stage)) },
  };
}
