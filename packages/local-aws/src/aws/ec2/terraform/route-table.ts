import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const routeTableResource: ResourceHandler = {
  type: "aws_route_table",
  identifiers: { id: "rtb", arn: "ec2:*:route-table/{id}" },
};
