import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const egressOnlyInternetGatewayResource: ResourceHandler = {
  type: "aws_egress_only_internet_gateway",
  identifiers: { id: "eigw" },
};
