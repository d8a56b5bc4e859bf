import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const securityGroupResource: ResourceHandler = {
  type: "aws_security_group",
  identifiers: { id: "sg", arn: "ec2:*:security-group/{id}" },
};
