import type { TargetGroups } from "../target-groups.ts";
import { type FormOperation, targetsOf } from "./form.ts";

export function registerTargets(targetGroups: TargetGroups): FormOperation {
  return (input, call) => {
    const { TargetGroupArn = "" } = input;
    call.authorize("elasticloadbalancing:RegisterTargets", TargetGroupArn);
    const targets = targetsOf(input);
    for (const target of targets) targetGroups.checkPermission(TargetGroupArn, target);
    for (const target of targets) targetGroups.register(TargetGroupArn, target);
  };
}
