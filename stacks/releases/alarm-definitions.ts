import { type AlarmDefinition, MINUTE } from "../constructs/alarm-definition.ts";

/**
 * The alarm of one stage. tools/release depends on the alarm's name. The period is a minute because a canary release
 * lasts only minutes.
 */
export function releaseAlarmDefinitions(functionName: string, stage: string): AlarmDefinition[] {
  return [
    {
      id: `Releases${stage[0]?.toUpperCase()}${stage.slice(1)}Errors`,
      description: `Releases: requests to the stage ${stage} failed`,
      runbook: "releases.md#stage-errors",
      severity: stage === "live" ? "critical" : "warning",
      namespace: "AWS/Lambda",
      metricName: "Errors",
      dimensions: { FunctionName: functionName, Resource: `${functionName}:${stage}` },
      statistic: "Sum",
      comparison: "above",
      threshold: 0,
      period: MINUTE,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
    },
  ];
}
