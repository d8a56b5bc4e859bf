import type { FormOperation } from "../../../gateway/form-fields.ts";
import type { ElasticLoadBalancingContext } from "./context.ts";
import { deregisterTargets } from "./deregister-targets.ts";
import { describeListeners } from "./describe-listeners.ts";
import { describeLoadBalancers } from "./describe-load-balancers.ts";
import { describeRules } from "./describe-rules.ts";
import { describeTargetGroups } from "./describe-target-groups.ts";
import { describeTargetHealth } from "./describe-target-health.ts";
import { registerTargets } from "./register-targets.ts";

/**
 * The supported actions. Only Terraform creates and changes load balancers, listeners and target groups. Targets that
 * are registered here do not survive a restart: the service that registered them registers them again.
 */
export function elasticLoadBalancingOperations(
  context: ElasticLoadBalancingContext,
): Readonly<Record<string, FormOperation>> {
  return {
    DescribeLoadBalancers: describeLoadBalancers(context),
    DescribeListeners: describeListeners(context),
    DescribeRules: describeRules(context),
    DescribeTargetGroups: describeTargetGroups(context),
    DescribeTargetHealth: describeTargetHealth(context),
    RegisterTargets: registerTargets(context),
    DeregisterTargets: deregisterTargets(context),
  };
}
