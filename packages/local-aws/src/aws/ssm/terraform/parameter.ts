import type { ResourceHandler } from "../../../provider/resource.ts";

export const ssmParameter: ResourceHandler = {
  type: "aws_ssm_parameter",
  identifiers: { arn: "ssm:*:parameter/{name}" },
};
