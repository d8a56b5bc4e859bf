import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const natGatewayResource: ResourceHandler = {
  type: "aws_nat_gateway",
  identifiers: { id: "nat" },
};
