import { optionalText, text } from "../../../provider/attributes.ts";
import type { DataSourceHandler, ResourceHandler } from "../../../provider/resource-handler.ts";
import { AwsError } from "../../../runtime/error.ts";
import { busArn, DEFAULT_BUS } from "../rule.ts";
import type { Rules } from "../rules.ts";

export function eventBusResource(rules: Rules): ResourceHandler {
  return {
    type: "aws_cloudwatch_event_bus",
    identity: ({ name }) => optionalText(name),
    plan(planned) {
      if (typeof planned.name === "string") planned.arn = busArn(planned.name);
    },
    create({ name }) {
      if (name === DEFAULT_BUS) {
        throw new AwsError("ResourceAlreadyExistsException", "Event bus default already exists.");
      }
      return { id: name, arn: busArn(text(name)) };
    },
    start: ({ name }) => rules.putBus(text(name)),
    read: ({ name }) => (rules.hasBus(text(name)) ? {} : null),
    delete: ({ name }) => rules.deleteBus(text(name)),
  };
}

export function eventBusDataSource(rules: Rules): DataSourceHandler {
  return {
    type: "aws_cloudwatch_event_bus",
    read({ name }) {
      rules.checkBus(text(name));
      return { id: name, arn: busArn(text(name)) };
    },
  };
}
