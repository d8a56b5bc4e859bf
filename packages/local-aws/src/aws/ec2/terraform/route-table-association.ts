import type { ResourceHandler } from "../../../provider/resource.ts";

export const routeTableAssociationResource: ResourceHandler = {
  type: "aws_route_table_association",
  identifiers: { id: "rtbassoc" },
};
