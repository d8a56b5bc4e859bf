import { text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { AwsError } from "../../../runtime/error.ts";
import { alarmsInRule } from "../alarm-rule.ts";
import type { Alarms } from "../alarms.ts";
import { type CompositeAlarm, parseCompositeAlarm } from "../composite-alarm.ts";
import { ExpressionError } from "../expression/syntax.ts";

export function compositeAlarmResource(alarms: Alarms): ResourceHandler {
  const check = (planned: Attributes): Attributes => {
    rejectInvalid(parseCompositeAlarm(planned), alarms);
    return {};
  };
  return {
    type: "aws_cloudwatch_composite_alarm",
    identifiers: { arn: "cloudwatch:*:alarm:{alarm_name}" },
    identity: ({ alarm_name }) => text(alarm_name),
    create: check,
    update: check,
    start: (attributes) => alarms.putComposite(parseCompositeAlarm(attributes)),
    delete: ({ alarm_name }) => alarms.delete(text(alarm_name)),
  };
}

/** As AWS does, so that a rule that can never hold is noticed. */
function rejectInvalid({ name, rule, suppressor }: CompositeAlarm, alarms: Alarms): void {
  const missing = [...alarmsIn(rule), ...(suppressor ? [suppressor.name] : [])].filter((used) => !alarms.has(used));
  if (missing.length === 0) return;
  throw new AwsError("ValidationError", `The alarm ${name} refers to alarms that do not exist: ${missing.join(", ")}`);
}

function alarmsIn(rule: string): readonly string[] {
  try {
    return alarmsInRule(rule);
  } catch (error) {
    if (error instanceof ExpressionError) throw new AwsError("ValidationError", `AlarmRule: ${error.message}`);
    throw error;
  }
}
