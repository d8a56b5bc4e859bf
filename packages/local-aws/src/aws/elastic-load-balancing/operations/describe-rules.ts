import type { LoadBalancers } from "../load-balancers.ts";
import type { Condition, Rule } from "../model.ts";
import { describeAction } from "./describe-action.ts";
import { ANY_RESOURCE, type FormOperation } from "./form.ts";

export function describeRules(loadBalancers: LoadBalancers): FormOperation {
  return ({ ListenerArn = "" }, call) => {
    call.authorize("elasticloadbalancing:DescribeRules", ANY_RESOURCE);
    const rules = loadBalancers.rulesOf(ListenerArn).toSorted((one, other) => one.priority - other.priority);
    return { Rules: { member: rules.map(describeRule) } };
  };
}

function describeRule({ arn, priority, conditions, action }: Rule) {
  return {
    RuleArn: arn,
    Priority: priority,
    Conditions: { member: conditions.map(describeCondition) },
    Actions: { member: [describeAction(action)] },
  };
}

function describeCondition(condition: Condition) {
  if (condition.field !== "query-string") return { Field: condition.field, Values: { member: condition.values } };
  const member = condition.values.map(({ key, value }) => ({ Key: key, Value: value }));
  return { Field: condition.field, QueryStringConfig: { Values: { member } } };
}
