import { optionalText, text } from "../../provider/attributes.ts";
import type { Attributes, ResourceHandler, TerraformParts } from "../../provider/resource.ts";
import { arn } from "../../runtime/account.ts";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import { givenOrUniqueName } from "../../runtime/unique-name.ts";
import { groupOf, parseDefinition, scheduleArn } from "./schedule-definition.ts";
import type { Scheduler } from "./scheduler.ts";

/** Schedules and their groups as Terraform resources. */
export function schedulerTerraform(scheduler: Scheduler, clock: Clock): TerraformParts {
  return { resources: [groupHandler(scheduler, clock), scheduleHandler(scheduler)] };
}

function groupHandler(scheduler: Scheduler, clock: Clock): ResourceHandler {
  return {
    type: "aws_scheduler_schedule_group",
    identifiers: { arn: "scheduler:*:schedule-group/{name}" },
    identity: ({ name }) => optionalText(name),
    plan(planned) {
      if (typeof planned.name === "string") planned.arn = groupArn(planned.name);
    },
    create(planned) {
      const name = givenOrUniqueName(planned.name, planned.name_prefix);
      const now = new Date(clock.now()).toISOString();
      return {
        name,
        id: name,
        arn: groupArn(name),
        state: "ACTIVE",
        creation_date: now,
        last_modification_date: now,
      };
    },
    start: ({ name }) => scheduler.putGroup(text(name)),
    read: ({ name }) => (scheduler.hasGroup(text(name)) ? {} : null),
    delete: ({ name }) => scheduler.deleteGroup(text(name)),
  };
}

function scheduleHandler(scheduler: Scheduler): ResourceHandler {
  const arnOf = (attributes: Attributes) => scheduleArn(groupOf(attributes), text(attributes.name));
  return {
    type: "aws_scheduler_schedule",
    identity: (attributes) => optionalText(attributes.name) && arnOf(attributes),
    plan(planned) {
      const groupIsKnown = planned.group_name === null || typeof planned.group_name === "string";
      if (typeof planned.name === "string" && groupIsKnown) planned.arn = arnOf(planned);
    },
    create(planned) {
      const { name, group, arn } = parseDefinition(planned, givenOrUniqueName(planned.name, planned.name_prefix));
      if (!scheduler.hasGroup(group)) {
        throw new AwsError("ResourceNotFoundException", `Schedule group ${group} does not exist.`, 404);
      }
      return { name, group_name: group, arn, id: `${group}/${name}` };
    },
    update(planned) {
      parseDefinition(planned);
      return {};
    },
    start: (attributes) => scheduler.put(parseDefinition(attributes)),
    read: (attributes) => (scheduler.has(arnOf(attributes)) ? {} : null),
    delete: (attributes) => scheduler.delete(arnOf(attributes)),
  };
}

function groupArn(name: string): string {
  return arn("scheduler", `schedule-group/${name}`);
}
