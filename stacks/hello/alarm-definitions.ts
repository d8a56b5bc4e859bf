import { apiWatches, functionWatches, MINUTE, type Watch } from "../monitoring/metrics.ts";

/** The names under which AWS keeps the metrics of one stage. */
export interface WatchedStage {
  readonly stage: string;
  readonly functionName: string;
  readonly apiId: string;
  readonly table: string;
  readonly distributionId: string;
}

/** What is watched of one stage. */
export function helloWatches({ stage, functionName, apiId, table, distributionId }: WatchedStage): Watch[] {
  const id = `Hello${stage[0]?.toUpperCase()}${stage.slice(1)}`;
  const common = { alarm: "above", period: 5 * MINUTE, missing: "notBreaching" } as const;
  return [
    ...functionWatches(id, functionName),
    ...apiWatches(id, { id: apiId, stage }),
    {
      ...common,
      id: `${id}TableThrottles`,
      description: `${id}: DynamoDB was asked more than it takes`,
      namespace: "AWS/DynamoDB",
      metric: "ThrottledRequests",
      dimensions: { TableName: table },
      statistic: "Sum",
      threshold: 0,
      periods: 1,
    },
    {
      ...common,
      id: `${id}EdgeErrors`,
      description: `${id}: percent of CloudFront's answers that were 5xx`,
      namespace: "AWS/CloudFront",
      metric: "5xxErrorRate",
      dimensions: { DistributionId: distributionId, Region: "Global" },
      statistic: "Average",
      threshold: 5,
      periods: 1,
    },
  ];
}
