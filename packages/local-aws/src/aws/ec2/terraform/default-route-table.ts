import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const defaultRouteTableResource: ResourceHandler = {
  type: "aws_default_route_table",
  identifiers: { id: "rtb", arn: "ec2:*:route-table/{id}" },
};
