import type { ResourceHandler } from "../../../provider/resource.ts";

export const cloudwatchCompositeAlarm: ResourceHandler = {
  type: "aws_cloudwatch_composite_alarm",
  identifiers: { arn: "cloudwatch:*:alarm:{alarm_name}" },
};
