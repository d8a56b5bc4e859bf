import { type AlarmDefinition, MINUTE } from "./alarm-definition.ts";

/**
 * Alarms on the errors and throttles of a Lambda function. They are warnings: what users or the data notice of them has
 * critical alarms of its own, on responses and on queues.
 *
 * @param suppressedBy the name of the alarm on what makes the function fail, if there is one
 */
export function functionAlarmDefinitions(id: string, functionName: string, suppressedBy?: string): AlarmDefinition[] {
  const common = {
    severity: "warning",
    namespace: "AWS/Lambda",
    dimensions: { FunctionName: functionName },
    statistic: "Sum",
    comparison: "above",
    threshold: 0,
    period: 5 * MINUTE,
    treatMissingData: "notBreaching",
  } as const;
  return [
    {
      ...common,
      id: `${id}Errors`,
      description: `${id}: the Lambda function returned errors`,
      runbook: "functions.md#errors",
      suppressedBy,
      metricName: "Errors",
      evaluationPeriods: 1,
    },
    {
      ...common,
      id: `${id}Throttles`,
      description: `${id}: invocations of the Lambda function were throttled`,
      runbook: "functions.md#throttles",
      metricName: "Throttles",
      evaluationPeriods: 2,
    },
  ];
}
