import { text } from "../../../provider/attributes.ts";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import { parseAlarm } from "../alarm.ts";
import type { Alarms } from "../alarms.ts";

export function metricAlarmResource(alarms: Alarms): ResourceHandler {
  return {
    type: "aws_cloudwatch_metric_alarm",
    identifiers: { arn: "cloudwatch:*:alarm:{alarm_name}" },
    identity: ({ alarm_name }) => text(alarm_name),
    start(attributes) {
      const alarm = parseAlarm(attributes);
      if (alarm) alarms.put(alarm);
    },
    delete: ({ alarm_name }) => alarms.delete(text(alarm_name)),
  };
}
