import type { FormOperation } from "../../../gateway/form-fields.ts";
import { requestedTargets } from "../requested-targets.ts";
import type { ElasticLoadBalancingContext } from "./context.ts";

export function registerTargets({ targetGroups }: ElasticLoadBalancingContext): FormOperation {
  return (input, call) => {
    const { TargetGroupArn = "" } = input;
    call.authorize("elasticloadbalancing:RegisterTargets", TargetGroupArn);
    const targets = requestedTargets(input);
    for (const target of targets) targetGroups.checkPermission(TargetGroupArn, target);
    for (const target of targets) targetGroups.register(TargetGroupArn, target);
  };
}
