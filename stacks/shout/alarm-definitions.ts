import { type AlarmDefinition, MINUTE } from "../constructs/alarm-definition.ts";
import { functionAlarmDefinitions } from "../constructs/function-alarms.ts";

/** The resources of the Shout system that have alarms, by the names that CloudWatch uses. */
export interface MonitoredShout {
  readonly functionName: string;
  readonly loadBalancer: string;
  readonly targetGroup: string;
  /** The name of the alarm on errors of the upstream. */
  readonly upstreamErrorsAlarm: string;
}

/** The alarms of the Shout system. */
export function shoutAlarmDefinitions(resources: MonitoredShout): AlarmDefinition[] {
  const { functionName, loadBalancer, targetGroup, upstreamErrorsAlarm } = resources;
  const common = {
    namespace: "AWS/ApplicationELB",
    comparison: "above",
    period: 5 * MINUTE,
    treatMissingData: "notBreaching",
  } as const;
  return [
    ...functionAlarmDefinitions("Shout", functionName),
    {
      ...common,
      id: "ShoutBalancerErrors",
      description: "Shout: the load balancer returned 5xx because the function failed or its response was invalid",
      runbook: "shout.md#load-balancer-errors",
      severity: "critical",
      metricName: "HTTPCode_ELB_5XX_Count",
      dimensions: { LoadBalancer: loadBalancer },
      statistic: "Sum",
      threshold: 0,
      evaluationPeriods: 1,
    },
    {
      ...common,
      id: "ShoutUpstreamErrors",
      description: "Shout: upstream failed (refused or timed out on every attempt)",
      runbook: "shout.md#upstream-errors",
      severity: "critical",
      metricName: "HTTPCode_Target_5XX_Count",
      dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroup },
      statistic: "Sum",
      threshold: 5,
      evaluationPeriods: 2,
    },
    {
      ...common,
      id: "ShoutSlow",
      description: "Shout: p99 response time above 4 s (the first attempt on the upstream timed out)",
      runbook: "shout.md#slow-responses",
      severity: "warning",
      suppressedBy: upstreamErrorsAlarm,
      metricName: "TargetResponseTime",
      dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroup },
      statistic: "p99",
      threshold: 4,
      evaluationPeriods: 3,
    },
  ];
}
