import { block, optionalText, text } from "../../provider/attributes.ts";
import type { Attributes } from "../../provider/resource-handler.ts";
import { arn } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";
import { parseSchedule, type Schedule } from "../../runtime/schedule.ts";

export const DEFAULT_GROUP = "default";

/** A schedule as configured. */
export interface ScheduleDefinition {
  readonly name: string;
  readonly group: string;
  readonly arn: string;
  readonly enabled: boolean;
  /** Limited to the times between the start date and the end date. */
  readonly schedule: Schedule;
  readonly targetArn: string;
  readonly roleArn: string;
  /** The payload; undefined for the default event. */
  readonly input: string | undefined;
  readonly deadLetterArn: string | undefined;
}

/** @throws AwsError `ValidationException`. */
export function parseDefinition(attributes: Attributes, name = text(attributes.name)): ScheduleDefinition {
  const group = groupOf(attributes);
  const target = block(attributes.target);
  const timeZone = optionalText(attributes.schedule_expression_timezone);
  const schedule = parseSchedule(text(attributes.schedule_expression), { timeZone });
  return {
    name,
    group,
    arn: scheduleArn(group, name),
    enabled: attributes.state !== "DISABLED",
    schedule: between(date(attributes.start_date), date(attributes.end_date), schedule),
    targetArn: text(target.arn),
    roleArn: text(target.role_arn),
    input: optionalText(target.input),
    deadLetterArn: optionalText(block(target.dead_letter_config).arn),
  };
}

export function groupOf({ group_name }: Attributes): string {
  return text(group_name) || DEFAULT_GROUP;
}

export function scheduleArn(group: string, name: string): string {
  return arn("scheduler", `schedule/${group}/${name}`);
}

/** @param start and end in milliseconds since the epoch. */
function between(start: number | undefined, end: number | undefined, schedule: Schedule): Schedule {
  return {
    next(time) {
      // `next` excludes its argument, but the start date itself counts.
      const next = schedule.next(start === undefined ? time : Math.max(time, start - 1));
      return next !== undefined && end !== undefined && next > end ? undefined : next;
    },
  };
}

function date(value: unknown): number | undefined {
  const iso = optionalText(value);
  if (iso === undefined) return undefined;
  const time = Date.parse(iso);
  if (Number.isNaN(time)) throw new AwsError("ValidationException", `${iso} is not a date.`);
  return time;
}
