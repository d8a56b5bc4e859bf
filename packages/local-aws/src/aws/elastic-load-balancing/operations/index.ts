import type { LoadBalancers } from "../load-balancers.ts";
import type { TargetGroups } from "../target-groups.ts";
import { deregisterTargets } from "./deregister-targets.ts";
import { describeListeners } from "./describe-listeners.ts";
import { describeLoadBalancers } from "./describe-load-balancers.ts";
import { describeRules } from "./describe-rules.ts";
import { describeTargetGroups } from "./describe-target-groups.ts";
import { describeTargetHealth } from "./describe-target-health.ts";
import type { FormOperation } from "./form.ts";
import { registerTargets } from "./register-targets.ts";

export interface OperationDependencies {
  readonly loadBalancers: LoadBalancers;
  readonly targetGroups: TargetGroups;
}

/**
 * The supported actions. Only Terraform creates and changes load balancers, listeners and target groups. Targets that
 * are registered here do not survive a restart: the service that registered them registers them again.
 */
export function elasticLoadBalancingOperations({
  loadBalancers,
  targetGroups,
}: OperationDependencies): Readonly<Record<string, FormOperation>> {
  return {
    DescribeLoadBalancers: describeLoadBalancers(loadBalancers),
    DescribeListeners: describeListeners(loadBalancers),
    DescribeRules: describeRules(loadBalancers),
    DescribeTargetGroups: describeTargetGroups(targetGroups, loadBalancers),
    DescribeTargetHealth: describeTargetHealth(targetGroups),
    RegisterTargets: registerTargets(targetGroups),
    DeregisterTargets: deregisterTargets(targetGroups),
  };
}
