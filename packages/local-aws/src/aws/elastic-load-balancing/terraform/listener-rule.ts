import { block, number, optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { AwsError } from "../../../runtime/error.ts";
import type { LoadBalancers } from "../load-balancers.ts";
import type { Condition, Rule } from "../rule.ts";
import { actionOf } from "./action.ts";
import { newIdentifier } from "./identifier.ts";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html */
const MAX_PRIORITY = 50_000;

export function listenerRuleResource(loadBalancers: LoadBalancers): ResourceHandler {
  const checkPriority = ({ arn, listener_arn, priority }: Attributes) => {
    const rules = loadBalancers.rulesOf(text(listener_arn));
    if (rules.some((rule) => rule.priority === priority && rule.arn !== arn))
      throw new AwsError("PriorityInUse", `Priority '${priority}' is currently in use`);
  };
  return {
    type: "aws_lb_listener_rule",
    create(planned) {
      checkPriority(planned);
      const listenerArn = text(planned.listener_arn);
      const arn = `${listenerArn.replace(":listener/", ":listener-rule/")}/${newIdentifier()}`;
      const highest = Math.max(0, ...loadBalancers.rulesOf(listenerArn).map(({ priority }) => priority));
      ruleOf({ ...planned, arn });
      return { id: arn, arn, priority: Math.min(highest + 1, MAX_PRIORITY) };
    },
    update(planned) {
      checkPriority(planned);
      ruleOf(planned);
      return {};
    },
    start: (attributes) => loadBalancers.putRule(ruleOf(attributes)),
    delete: ({ arn, listener_arn }) => loadBalancers.deleteRule({ arn: text(arn), listenerArn: text(listener_arn) }),
  };
}

function ruleOf(attributes: Attributes): Rule {
  return {
    arn: text(attributes.arn),
    listenerArn: text(attributes.listener_arn),
    priority: number(attributes.priority, 0),
    conditions: (attributes.condition as Attributes[]).flatMap(conditionsOf),
    action: actionOf(attributes.action),
  };
}

/** A condition block may contain several conditions, all of which must be met. */
function conditionsOf(condition: Attributes): Condition[] {
  const values = (name: string): string[] => (block(condition[name]).values as string[] | undefined) ?? [];
  const simple = (["path_pattern", "host_header", "http_request_method", "source_ip"] as const).flatMap(
    (name): Condition[] => {
      const field = name.replaceAll("_", "-") as "path-pattern" | "host-header" | "http-request-method" | "source-ip";
      return values(name).length === 0 ? [] : [{ field, values: values(name) }];
    },
  );
  const headerName = optionalText(block(condition.http_header).http_header_name);
  const query = ((condition.query_string as Attributes[] | null | undefined) ?? []).map(({ key, value }) => ({
    key: text(key),
    value: text(value),
  }));
  return [
    ...simple,
    ...(headerName === undefined
      ? []
      : [{ field: "http-header" as const, name: headerName, values: values("http_header") }]),
    ...(query.length === 0 ? [] : [{ field: "query-string" as const, values: query }]),
  ];
}
