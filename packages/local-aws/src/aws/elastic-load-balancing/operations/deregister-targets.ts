import type { FormOperation } from "../../../gateway/form-fields.ts";
import { requestedTargets } from "../requested-targets.ts";
import type { ElasticLoadBalancingContext } from "./context.ts";

export function deregisterTargets({ targetGroups }: ElasticLoadBalancingContext): FormOperation {
  return (input, call) => {
    const { TargetGroupArn = "" } = input;
    call.authorize("elasticloadbalancing:DeregisterTargets", TargetGroupArn);
    for (const target of requestedTargets(input)) targetGroups.deregister(TargetGroupArn, target);
  };
}
