import { optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { configuredOrUniqueName } from "../../../runtime/unique-name.ts";
import { busName, DEFAULT_BUS, parseRule, ruleArn } from "../rule.ts";
import type { Rules } from "../rules.ts";

export function eventRuleResource(rules: Rules): ResourceHandler {
  return {
    type: "aws_cloudwatch_event_rule",
    identity: (attributes) => optionalText(attributes.name) && `${busOf(attributes)}/${attributes.name}`,
    plan(planned) {
      if (typeof planned.name === "string" && typeof planned.event_bus_name === "string") {
        planned.arn = ruleArn(planned.name, busOf(planned));
      }
    },
    create(planned) {
      const { name, bus, arn } = parseRule(planned, configuredOrUniqueName(planned.name, planned.name_prefix));
      rules.checkBus(bus);
      return { name, arn, id: bus === DEFAULT_BUS ? name : `${bus}/${name}` };
    },
    update(planned) {
      parseRule(planned);
      return {};
    },
    start: (attributes) => rules.put(parseRule(attributes)),
    read: (attributes) => (rules.find(text(attributes.name), busOf(attributes)) ? {} : null),
    delete: (attributes) => rules.delete(text(attributes.name), busOf(attributes)),
  };
}

function busOf({ event_bus_name }: Attributes): string {
  return busName(text(event_bus_name));
}
