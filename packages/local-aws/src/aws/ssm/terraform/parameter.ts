import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const parameterResource: ResourceHandler = {
  type: "aws_ssm_parameter",
  identifiers: { arn: "ssm:*:parameter/{name}" },
};
