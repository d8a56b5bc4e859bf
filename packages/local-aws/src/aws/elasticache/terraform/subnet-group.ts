import type { ResourceHandler } from "../../../provider/resource.ts";

export const elasticacheSubnetGroup: ResourceHandler = {
  type: "aws_elasticache_subnet_group",
  identifiers: { arn: "elasticache:*:subnetgroup:{name}" },
};
