import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { LoadBalancers } from "../load-balancers.ts";
import type { TargetGroups } from "../target-groups.ts";
import { lbResource } from "./lb.ts";
import { listenerResource } from "./listener.ts";
import { listenerRuleResource } from "./listener-rule.ts";
import { targetGroupResource } from "./target-group.ts";
import { targetGroupAttachmentResource } from "./target-group-attachment.ts";

export interface TerraformDependencies {
  readonly loadBalancers: LoadBalancers;
  readonly targetGroups: TargetGroups;
}

/** The resource types. Changes take effect immediately. */
export function elasticLoadBalancingTerraform({ loadBalancers, targetGroups }: TerraformDependencies): TerraformParts {
  return {
    resources: [
      lbResource(loadBalancers),
      listenerResource(loadBalancers),
      listenerRuleResource(loadBalancers),
      targetGroupResource(targetGroups, loadBalancers),
      targetGroupAttachmentResource(targetGroups),
    ],
  };
}
