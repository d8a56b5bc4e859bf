import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const defaultSecurityGroupResource: ResourceHandler = {
  type: "aws_default_security_group",
  identifiers: { id: "sg", arn: "ec2:*:security-group/{id}", computed: { description: "default VPC security group" } },
};
