import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const internetGatewayResource: ResourceHandler = {
  type: "aws_internet_gateway",
  identifiers: { id: "igw", arn: "ec2:*:internet-gateway/{id}" },
};
