import type { TerraformParts } from "../../../provider/resource.ts";
import type { LoadBalancers } from "../load-balancers.ts";
import type { TargetGroups } from "../target-groups.ts";
import { lb } from "./lb.ts";
import { listener } from "./listener.ts";
import { listenerRule } from "./listener-rule.ts";
import { targetGroup } from "./target-group.ts";
import { targetGroupAttachment } from "./target-group-attachment.ts";

export interface TerraformDependencies {
  readonly loadBalancers: LoadBalancers;
  readonly targetGroups: TargetGroups;
}

/** The resource types. Changes take effect at once. */
export function elasticLoadBalancingTerraform({ loadBalancers, targetGroups }: TerraformDependencies): TerraformParts {
  return {
    resources: [
      lb(loadBalancers),
      listener(loadBalancers),
      listenerRule(loadBalancers),
      targetGroup(targetGroups, loadBalancers),
      targetGroupAttachment(targetGroups),
    ],
  };
}
