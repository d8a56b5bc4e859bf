import { type AlarmDefinition, MINUTE } from "../constructs/alarm-definition.ts";
import { functionAlarmDefinitions } from "../constructs/function-alarms.ts";

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

/** The alarms of the function that rolls back a canary release: when it fails, users keep the failing version. */
export function guardAlarmDefinitions(guardFunction: string): AlarmDefinition[] {
  return functionAlarmDefinitions("ReleaseGuard", guardFunction).map((definition) => ({
    ...definition,
    severity: "critical",
    runbook: "releases.md#guard",
  }));
}
