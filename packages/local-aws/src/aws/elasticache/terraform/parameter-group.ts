import type { ResourceHandler } from "../../../provider/resource.ts";

export const elasticacheParameterGroup: ResourceHandler = {
  type: "aws_elasticache_parameter_group",
  identifiers: { arn: "elasticache:*:parametergroup:{name}" },
};
