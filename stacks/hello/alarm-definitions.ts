import { type AlarmDefinition, MINUTE } from "../constructs/alarm-definition.ts";
import { apiAlarmDefinitions } from "../constructs/api-alarms.ts";
import { functionAlarmDefinitions } from "../constructs/function-alarms.ts";

/** The resources of one stage that have alarms, by the names that CloudWatch uses. */
export interface MonitoredStage {
  readonly stage: string;
  readonly functionName: string;
  readonly apiId: string;
  readonly table: string;
  readonly distributionId: string;
}

/** The alarms of one stage. */
export function helloAlarmDefinitions(resources: MonitoredStage): AlarmDefinition[] {
  const { stage, functionName, apiId, table, distributionId } = resources;
  const id = `Hello${stage[0]?.toUpperCase()}${stage.slice(1)}`;
  const severity = stage === "live" ? "critical" : "warning";
  const common = {
    comparison: "above",
    period: 5 * MINUTE,
    evaluationPeriods: 1,
    treatMissingData: "notBreaching",
  } as const;
  return [
    ...functionAlarmDefinitions(id, functionName),
    ...apiAlarmDefinitions(id, { apiId, stage }, { severity, isEssential: stage === "live" }),
    {
      ...common,
      id: `${id}TableThrottles`,
      description: `${id}: DynamoDB throttled requests`,
      runbook: "hello.md#table-throttles",
      severity: "warning",
      namespace: "AWS/DynamoDB",
      metricName: "ThrottledRequests",
      dimensions: { TableName: table },
      statistic: "Sum",
      threshold: 0,
    },
    {
      ...common,
      id: `${id}EdgeErrors`,
      description: `${id}: more than 5 % of the CloudFront responses have a 5xx status`,
      runbook: "hello.md#edge-errors",
      severity,
      namespace: "AWS/CloudFront",
      metricName: "5xxErrorRate",
      dimensions: { DistributionId: distributionId, Region: "Global" },
      statistic: "Average",
      threshold: 5,
    },
  ];
}
