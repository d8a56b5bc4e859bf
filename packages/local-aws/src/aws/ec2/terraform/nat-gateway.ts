import type { ResourceHandler } from "../../../provider/resource.ts";

export const natGatewayResource: ResourceHandler = {
  type: "aws_nat_gateway",
  identifiers: { id: "nat" },
};
