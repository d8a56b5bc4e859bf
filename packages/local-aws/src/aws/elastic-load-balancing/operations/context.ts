import type { LoadBalancers } from "../load-balancers.ts";
import type { TargetGroups } from "../target-groups.ts";

/** The dependencies of the operations. */
export interface ElasticLoadBalancingContext {
  readonly loadBalancers: LoadBalancers;
  readonly targetGroups: TargetGroups;
}
