import { optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { AwsError } from "../../../runtime/error.ts";
import { configuredOrUniqueName } from "../../../runtime/unique-name.ts";
import { groupOf, parseDefinition, scheduleArn } from "../schedule-definition.ts";
import type { Schedules } from "../schedules.ts";

export function scheduleResource(schedules: Schedules): ResourceHandler {
  return {
    type: "aws_scheduler_schedule",
    identity: (attributes) => optionalText(attributes.name) && arnOf(attributes),
    plan(planned) {
      const groupIsKnown = planned.group_name === null || typeof planned.group_name === "string";
      if (typeof planned.name === "string" && groupIsKnown) planned.arn = arnOf(planned);
    },
    create(planned) {
      const { name, group, arn } = parseDefinition(planned, configuredOrUniqueName(planned.name, planned.name_prefix));
      if (!schedules.hasGroup(group)) {
        throw new AwsError("ResourceNotFoundException", `Schedule group ${group} does not exist.`, 404);
      }
      return { name, group_name: group, arn, id: `${group}/${name}` };
    },
    update(planned) {
      parseDefinition(planned);
      return {};
    },
    start: (attributes) => schedules.put(parseDefinition(attributes)),
    read: (attributes) => (schedules.has(arnOf(attributes)) ? {} : null),
    delete: (attributes) => schedules.delete(arnOf(attributes)),
  };
}

function arnOf(attributes: Attributes): string {
  return scheduleArn(groupOf(attributes), text(attributes.name));
}
