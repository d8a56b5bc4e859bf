import type { ResourceHandler } from "../../../provider/resource.ts";

export const iamRole: ResourceHandler = {
  type: "aws_iam_role",
  identifiers: { arn: "iam::@:role{path}{name}", computed: { unique_id: "AROA{RANDOM}" } },
};
