import type { FormOperation } from "../../../gateway/form-fields.ts";
import { actionDescription } from "../action-description.ts";
import { ANY_RESOURCE } from "../any-resource.ts";
import type { Condition, Rule } from "../rule.ts";
import type { ElasticLoadBalancingContext } from "./context.ts";

export function describeRules({ loadBalancers }: ElasticLoadBalancingContext): FormOperation {
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
    Actions: { member: [actionDescription(action)] },
  };
}

function describeCondition(condition: Condition) {
  if (condition.field !== "query-string") return { Field: condition.field, Values: { member: condition.values } };
  const member = condition.values.map(({ key, value }) => ({ Key: key, Value: value }));
  return { Field: condition.field, QueryStringConfig: { Values: { member } } };
}
