import type { ResourceHandler } from "../../../provider/resource.ts";

export const routeTableAssociation: ResourceHandler = {
  type: "aws_route_table_association",
  identifiers: { id: "rtbassoc" },
};
