import type { Sample } from "../cloudwatch/sampler.ts";
import type { LoadBalancers } from "./load-balancers.ts";
import { balancerDimension, targetGroupDimension } from "./metric-dimensions.ts";
import type { TargetGroups } from "./target-groups.ts";

/**
 * The numbers of healthy and unhealthy targets. Functions have none: their health checks are optional.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function hostSamples(loadBalancers: LoadBalancers, targetGroups: TargetGroups): Sample[] {
  return targetGroups.all().flatMap((group) => {
    const { arn, targetType } = group.settings;
    if (targetType === "lambda") return [];
    const healthy = group.health().filter(({ state }) => state === "healthy").length;
    const unhealthy = group.health().filter(({ state }) => state === "unhealthy").length;
    return loadBalancers.arnsByTargetGroup(arn).map((balancer) => ({
      namespace: "AWS/ApplicationELB",
      dimensions: { LoadBalancer: balancerDimension(balancer), TargetGroup: targetGroupDimension(arn) },
      values: { HealthyHostCount: healthy, UnHealthyHostCount: unhealthy },
    }));
  });
}
