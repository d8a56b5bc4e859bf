import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const subnetGroupResource: ResourceHandler = {
  type: "aws_elasticache_subnet_group",
  identifiers: { arn: "elasticache:*:subnetgroup:{name}" },
};
