import { text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { AwsError } from "../../../runtime/error.ts";
import type { Alarms } from "../alarms.ts";
import { ExpressionError } from "../expression/syntax.ts";
import { parseMetricAlarm, valuesOfAlarm } from "../metric-alarm.ts";
import { Metrics } from "../metrics.ts";

export function metricAlarmResource(alarms: Alarms): ResourceHandler {
  return {
    type: "aws_cloudwatch_metric_alarm",
    identifiers: { arn: "cloudwatch:*:alarm:{alarm_name}" },
    identity: ({ alarm_name }) => text(alarm_name),
    create: rejectInvalid,
    update: rejectInvalid,
    start(attributes) {
      const alarm = parseMetricAlarm(attributes);
      if (alarm) alarms.put(alarm);
    },
    delete: ({ alarm_name }) => alarms.delete(text(alarm_name)),
  };
}

/** @throws AwsError for an expression that cannot be evaluated. */
function rejectInvalid(planned: Attributes): Attributes {
  const alarm = parseMetricAlarm(planned);
  try {
    if (alarm) valuesOfAlarm(alarm, [{ from: 0, to: 0 }], new Metrics({ now: () => 0 }));
  } catch (error) {
    if (error instanceof ExpressionError) throw new AwsError("ValidationError", `${alarm?.name}: ${error.message}`);
    throw error;
  }
  return {};
}
