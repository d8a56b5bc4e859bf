import { type Matches, parseEventPattern } from "../../delivery/event-pattern.ts";
import { optionalText, text } from "../../provider/attributes.ts";
import type { Attributes } from "../../provider/resource-handler.ts";
import { arn } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";
import { parseSchedule, type Schedule } from "../../runtime/schedule.ts";

export const DEFAULT_BUS = "default";

/** A rule as configured. */
export interface Rule {
  readonly name: string;
  readonly bus: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly enabled: boolean;
  readonly scheduleExpression: string | undefined;
  readonly schedule: Schedule | undefined;
  /** JSON. */
  readonly eventPattern: string | undefined;
  readonly matches: Matches | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** @throws AwsError `ValidationException` or `InvalidEventPatternException`. */
export function parseRule(attributes: Attributes, name = text(attributes.name)): Rule {
  const bus = busName(text(attributes.event_bus_name));
  const scheduleExpression = optionalText(attributes.schedule_expression);
  const eventPattern = optionalText(attributes.event_pattern);
  if (scheduleExpression === undefined && eventPattern === undefined) {
    throw new AwsError("ValidationException", "Parameter(s) EventPattern or ScheduleExpression must be specified.");
  }
  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
  if (scheduleExpression !== undefined && (bus !== DEFAULT_BUS || !/^(cron|rate)\(/.test(scheduleExpression))) {
    throw new AwsError(
      "ValidationException",
      "ScheduleExpression is cron(...) or rate(...), on the default event bus.",
    );
  }
  return {
    name,
    bus,
    arn: ruleArn(name, bus),
    description: optionalText(attributes.description),
    enabled: isEnabled(attributes),
    scheduleExpression,
    schedule: scheduleExpression === undefined ? undefined : parseSchedule(scheduleExpression),
    eventPattern,
    matches: eventPattern === undefined ? undefined : parseEventPattern(eventPattern),
    tags: (attributes.tags_all ?? {}) as Record<string, string>,
  };
}

export function ruleArn(name: string, bus: string): string {
  return arn("events", bus === DEFAULT_BUS ? `rule/${name}` : `rule/${bus}/${name}`);
}

export function busArn(name: string): string {
  return arn("events", `event-bus/${name}`);
}

/** @param reference name or ARN of an event bus. */
export function busName(reference: string): string {
  return reference.split("/").at(-1) || DEFAULT_BUS;
}

/** `is_enabled` is deprecated in favor of `state`. */
function isEnabled({ state, is_enabled }: Attributes): boolean {
  return typeof state === "string" ? state !== "DISABLED" : is_enabled !== false;
}
