import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const vpcResource: ResourceHandler = {
  type: "aws_vpc",
  identifiers: { id: "vpc", arn: "ec2:*:vpc/{id}" },
};
