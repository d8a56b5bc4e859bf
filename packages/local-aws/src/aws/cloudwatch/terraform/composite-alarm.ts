import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const compositeAlarmResource: ResourceHandler = {
  type: "aws_cloudwatch_composite_alarm",
  identifiers: { arn: "cloudwatch:*:alarm:{alarm_name}" },
};
