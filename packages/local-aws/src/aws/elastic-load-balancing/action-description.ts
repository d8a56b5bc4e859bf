import type { Action } from "./action.ts";

/** An action of a listener or a rule, as the API returns it. */
export function actionDescription(action: Action) {
  if (action.type !== "forward") return { Type: action.type };
  const [first, ...others] = action.targetGroups;
  const member = action.targetGroups.map((group) => ({ TargetGroupArn: group.arn, Weight: group.weight }));
  return {
    Type: action.type,
    ...(others.length === 0 && { TargetGroupArn: first?.arn }),
    ForwardConfig: { TargetGroups: { member } },
  };
}
