import { type AlarmDefinition, MINUTE } from "../constructs/alarm-definition.ts";

/** The resources of the Sum system that have alarms, by the names that CloudWatch uses. */
export interface MonitoredSum {
  readonly loadBalancer: string;
  /** Program in Pascal case → target group. */
  readonly targetGroups: Readonly<Record<string, string>>;
  /** The name of the alarm on the database. */
  readonly databaseGoneAlarm: string;
  /** The name of the alarm on the adder's targets, to which all other paths lead. */
  readonly adderGoneAlarm: string;
}

/** The alarms of the Sum system. */
export function sumAlarmDefinitions(resources: MonitoredSum): AlarmDefinition[] {
  const { loadBalancer, targetGroups, adderGoneAlarm } = resources;
  return [
    {
      id: "SumBalancerErrors",
      description: "Sum: the load balancer returned 5xx because no target responded",
      runbook: "sum.md#load-balancer-errors",
      severity: "critical",
      suppressedBy: adderGoneAlarm,
      namespace: "AWS/ApplicationELB",
      metricName: "HTTPCode_ELB_5XX_Count",
      dimensions: { LoadBalancer: loadBalancer },
      statistic: "Sum",
      comparison: "above",
      threshold: 0,
      period: 5 * MINUTE,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
    },
    ...Object.entries(targetGroups).flatMap(([program, targetGroup]) =>
      programAlarmDefinitions(program, targetGroup, resources),
    ),
  ];
}

function programAlarmDefinitions(
  program: string,
  targetGroup: string,
  { loadBalancer, databaseGoneAlarm }: MonitoredSum,
): AlarmDefinition[] {
  const service = program.toLowerCase();
  const common = {
    namespace: "AWS/ApplicationELB",
    dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroup },
    period: 5 * MINUTE,
  } as const;
  return [
    {
      ...common,
      id: `${program}Errors`,
      description: `Sum: ${service} returned more than 5 responses with a 5xx status in 5 minutes; check its database`,
      runbook: "sum.md#service-errors",
      severity: "critical",
      suppressedBy: databaseGoneAlarm,
      metricName: "HTTPCode_Target_5XX_Count",
      statistic: "Sum",
      comparison: "above",
      threshold: 5,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
    },
    {
      ...common,
      id: `${program}Slow`,
      description: `Sum: p99 response time of ${service} above 1 s`,
      runbook: "sum.md#slow-responses",
      severity: "warning",
      metricName: "TargetResponseTime",
      statistic: "p99",
      comparison: "above",
      threshold: 1,
      evaluationPeriods: 3,
      treatMissingData: "notBreaching",
    },
    {
      ...common,
      id: `${program}Gone`,
      description: `Sum: ${service} has no healthy target`,
      runbook: "sum.md#no-healthy-target",
      severity: "critical",
      metricName: "HealthyHostCount",
      statistic: "Maximum",
      comparison: "below",
      threshold: 1,
      period: MINUTE,
      evaluationPeriods: 3,
      treatMissingData: "breaching",
    },
  ];
}
