import { optionalText, text } from "../../../provider/attributes.ts";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import { arn } from "../../../runtime/account.ts";
import type { Clock } from "../../../runtime/clock.ts";
import { configuredOrUniqueName } from "../../../runtime/unique-name.ts";
import type { Schedules } from "../schedules.ts";

export function scheduleGroupResource(schedules: Schedules, clock: Clock): ResourceHandler {
  return {
    type: "aws_scheduler_schedule_group",
    identity: ({ name }) => optionalText(name),
    plan(planned) {
      if (typeof planned.name === "string") planned.arn = groupArn(planned.name);
    },
    create(planned) {
      const name = configuredOrUniqueName(planned.name, planned.name_prefix);
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
    start: ({ name }) => schedules.putGroup(text(name)),
    read: ({ name }) => (schedules.hasGroup(text(name)) ? {} : null),
    delete: ({ name }) => schedules.deleteGroup(text(name)),
  };
}

function groupArn(name: string): string {
  return arn("scheduler", `schedule-group/${name}`);
}
