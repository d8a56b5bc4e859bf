import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const routeTableAssociationResource: ResourceHandler = {
  type: "aws_route_table_association",
  identifiers: { id: "rtbassoc" },
};
