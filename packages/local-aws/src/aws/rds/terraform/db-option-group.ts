import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const dbOptionGroupResource: ResourceHandler = {
  type: "aws_db_option_group",
  identifiers: { arn: "rds:*:og:{name}" },
};
