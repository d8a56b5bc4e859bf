import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const parameterGroupResource: ResourceHandler = {
  type: "aws_elasticache_parameter_group",
  identifiers: { arn: "elasticache:*:parametergroup:{name}" },
};
