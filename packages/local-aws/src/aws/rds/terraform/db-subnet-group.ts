import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const dbSubnetGroupResource: ResourceHandler = {
  type: "aws_db_subnet_group",
  identifiers: { arn: "rds:*:subgrp:{name}" },
};
