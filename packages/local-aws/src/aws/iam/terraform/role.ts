import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const roleResource: ResourceHandler = {
  type: "aws_iam_role",
  identifiers: { arn: "iam::@:role{path}{name}", computed: { unique_id: "AROA{RANDOM}" } },
};
