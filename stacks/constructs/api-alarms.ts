import { type AlarmDefinition, MINUTE } from "./alarm-definition.ts";

/** A stage of an HTTP API, as CloudWatch identifies it. */
export interface ApiStageDimensions {
  readonly apiId: string;
  readonly stage: string;
}

/** Alarms on the server errors and the latency of a stage of an HTTP API. */
export function apiAlarmDefinitions(
  id: string,
  { apiId, stage }: ApiStageDimensions,
  serverErrors: Pick<AlarmDefinition, "severity" | "isEssential" | "suppressedBy">,
): AlarmDefinition[] {
  const common = {
    namespace: "AWS/ApiGateway",
    dimensions: { ApiId: apiId, Stage: stage },
    comparison: "above",
    period: 5 * MINUTE,
    treatMissingData: "notBreaching",
  } as const;
  return [
    {
      ...common,
      id: `${id}ServerErrors`,
      ...serverErrors,
      description: `${id}: more than 5 responses with a 5xx status in 5 minutes`,
      runbook: "api.md#server-errors",
      metricName: "5xx",
      statistic: "Sum",
      threshold: 5,
      evaluationPeriods: 1,
    },
    {
      ...common,
      id: `${id}Slow`,
      description: `${id}: p99 latency above 3 s`,
      severity: "warning",
      runbook: "api.md#slow-responses",
      metricName: "Latency",
      statistic: "p99",
      threshold: 3000,
      evaluationPeriods: 3,
    },
  ];
}
