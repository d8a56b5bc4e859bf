import { MINUTE, type Watch } from "../monitoring/metrics.ts";

/** The names under which AWS keeps the metrics. */
export interface WatchedSum {
  readonly loadBalancer: string;
  /** Program, in Pascal case → its target group. */
  readonly targetGroups: Readonly<Record<string, string>>;
}

/** What is watched of Sum. */
export function sumWatches({ loadBalancer, targetGroups }: WatchedSum): Watch[] {
  return [
    {
      id: "SumBalancerErrors",
      description: "Sum: the load balancer had no program that answered",
      namespace: "AWS/ApplicationELB",
      metric: "HTTPCode_ELB_5XX_Count",
      dimensions: { LoadBalancer: loadBalancer },
      statistic: "Sum",
      alarm: "above",
      threshold: 0,
      period: 5 * MINUTE,
      periods: 1,
      missing: "notBreaching",
    },
    ...Object.entries(targetGroups).flatMap(([program, targetGroup]) =>
      programWatches(program, loadBalancer, targetGroup),
    ),
  ];
}

function programWatches(program: string, loadBalancer: string, targetGroup: string): Watch[] {
  const common = {
    namespace: "AWS/ApplicationELB",
    dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroup },
    period: 5 * MINUTE,
  } as const;
  return [
    {
      ...common,
      id: `${program}Errors`,
      description: `Sum: the ${program.toLowerCase()} program answered with errors, as it does when its database is away`,
      metric: "HTTPCode_Target_5XX_Count",
      statistic: "Sum",
      alarm: "above",
      threshold: 5,
      periods: 1,
      missing: "notBreaching",
    },
    {
      ...common,
      id: `${program}Slow`,
      description: `Sum: one answer in a hundred of the ${program.toLowerCase()} program took more than a second`,
      metric: "TargetResponseTime",
      statistic: "p99",
      alarm: "above",
      threshold: 1,
      periods: 3,
      missing: "notBreaching",
    },
    {
      ...common,
      id: `${program}Gone`,
      description: `Sum: no copy of the ${program.toLowerCase()} program is healthy`,
      metric: "HealthyHostCount",
      statistic: "Maximum",
      alarm: "below",
      threshold: 1,
      period: MINUTE,
      periods: 3,
      missing: "breaching",
    },
  ];
}
