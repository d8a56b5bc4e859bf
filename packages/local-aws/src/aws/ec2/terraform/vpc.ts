import type { ResourceHandler } from "../../../provider/resource.ts";

export const vpc: ResourceHandler = {
  type: "aws_vpc",
  identifiers: { id: "vpc", arn: "ec2:*:vpc/{id}" },
};
