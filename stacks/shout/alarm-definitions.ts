import { functionWatches, MINUTE, type Watch } from "../monitoring/metrics.ts";

/** The names under which AWS keeps the metrics. */
export interface WatchedShout {
  readonly functionName: string;
  readonly loadBalancer: string;
  readonly targetGroup: string;
}

/** What is watched of Shout. */
export function shoutWatches({ functionName, loadBalancer, targetGroup }: WatchedShout): Watch[] {
  const common = {
    namespace: "AWS/ApplicationELB",
    alarm: "above",
    period: 5 * MINUTE,
    missing: "notBreaching",
  } as const;
  return [
    ...functionWatches("Shout", functionName),
    {
      ...common,
      id: "ShoutBalancerErrors",
      description: "Shout: the load balancer answered that the function failed, or answered nonsense",
      metric: "HTTPCode_ELB_5XX_Count",
      dimensions: { LoadBalancer: loadBalancer },
      statistic: "Sum",
      threshold: 0,
      periods: 1,
    },
    {
      ...common,
      id: "ShoutUpstreamErrors",
      description: "Shout: SHOUTCLOUD was of no use",
      metric: "HTTPCode_Target_5XX_Count",
      dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroup },
      statistic: "Sum",
      threshold: 5,
      periods: 2,
    },
    {
      ...common,
      id: "ShoutSlow",
      description: "Shout: one answer in a hundred took more than 4 s, so SHOUTCLOUD had to be asked twice",
      metric: "TargetResponseTime",
      dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroup },
      statistic: "p99",
      threshold: 4,
      periods: 3,
    },
  ];
}
