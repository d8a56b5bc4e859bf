import type { TargetGroups } from "../target-groups.ts";
import { type FormOperation, targetsOf } from "./form.ts";

export function deregisterTargets(targetGroups: TargetGroups): FormOperation {
  return (input, call) => {
    const { TargetGroupArn = "" } = input;
    call.authorize("elasticloadbalancing:DeregisterTargets", TargetGroupArn);
    for (const target of targetsOf(input)) targetGroups.deregister(TargetGroupArn, target);
  };
}
