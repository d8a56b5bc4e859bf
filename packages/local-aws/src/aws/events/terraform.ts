import { optionalText, text } from "../../provider/attributes.ts";
import type { Attributes, ResourceHandler, TerraformParts } from "../../provider/resource.ts";
import { AwsError } from "../../runtime/error.ts";
import { givenOrUniqueName } from "../../runtime/unique-name.ts";
import { busArn, busName, DEFAULT_BUS, parseRule, ruleArn } from "./rule.ts";
import type { Rules } from "./rules.ts";
import { targetOf } from "./target.ts";

/** Buses, rules and targets as Terraform resources. */
export function eventsTerraform(rules: Rules): TerraformParts {
  return {
    resources: [busHandler(rules), ruleHandler(rules), targetHandler(rules)],
    dataSources: [
      {
        type: "aws_cloudwatch_event_bus",
        read({ name }) {
          rules.checkBus(text(name));
          return { id: name, arn: busArn(text(name)) };
        },
      },
    ],
  };
}

function busHandler(rules: Rules): ResourceHandler {
  return {
    type: "aws_cloudwatch_event_bus",
    identifiers: { arn: "events:*:event-bus/{name}" },
    identity: ({ name }) => optionalText(name),
    plan(planned) {
      if (typeof planned.name === "string") planned.arn = busArn(planned.name);
    },
    create({ name }) {
      if (name === DEFAULT_BUS)
        throw new AwsError("ResourceAlreadyExistsException", "Event bus default already exists.");
      return { id: name, arn: busArn(text(name)) };
    },
    start: ({ name }) => rules.putBus(text(name)),
    read: ({ name }) => (rules.hasBus(text(name)) ? {} : null),
    delete: ({ name }) => rules.deleteBus(text(name)),
  };
}

function ruleHandler(rules: Rules): ResourceHandler {
  const busOf = ({ event_bus_name }: Attributes) => busName(text(event_bus_name));
  return {
    type: "aws_cloudwatch_event_rule",
    identifiers: { arn: "events:*:rule/{name}" },
    identity: (attributes) => optionalText(attributes.name) && `${busOf(attributes)}/${attributes.name}`,
    plan(planned) {
      if (typeof planned.name === "string" && typeof planned.event_bus_name === "string") {
        planned.arn = ruleArn(planned.name, busOf(planned));
      }
    },
    create(planned) {
      const { name, bus, arn } = parseRule(planned, givenOrUniqueName(planned.name, planned.name_prefix));
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

function targetHandler(rules: Rules): ResourceHandler {
  return {
    type: "aws_cloudwatch_event_target",
    create(planned) {
      const id = givenOrUniqueName(planned.target_id, undefined);
      const { rule, bus } = targetOf(planned);
      rules.get(rule, bus);
      return { target_id: id, id: [...(bus === DEFAULT_BUS ? [] : [bus]), rule, id].join("-") };
    },
    start: (attributes) => rules.putTarget(targetOf(attributes)),
    read: (attributes) => (rules.findTarget(targetOf(attributes)) ? {} : null),
    delete: (attributes) => rules.deleteTarget(targetOf(attributes)),
  };
}
