import type { ResourceHandler } from "../../../provider/resource.ts";

export const internetGateway: ResourceHandler = {
  type: "aws_internet_gateway",
  identifiers: { id: "igw", arn: "ec2:*:internet-gateway/{id}" },
};
