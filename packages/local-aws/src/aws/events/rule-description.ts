import type { Rule } from "./rule.ts";

/** A rule as `DescribeRule` and `ListRules` return it. */
export function ruleDescription({
  name,
  arn,
  bus,
  description,
  enabled,
  scheduleExpression,
  eventPattern,
}: Rule): object {
  return {
    Name: name,
    Arn: arn,
    EventBusName: bus,
    Description: description,
    State: enabled ? "ENABLED" : "DISABLED",
    ScheduleExpression: scheduleExpression,
    EventPattern: eventPattern,
  };
}
