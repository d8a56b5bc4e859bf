import type { ResourceHandler } from "../../../provider/resource.ts";

export const iamGroup: ResourceHandler = {
  type: "aws_iam_group",
  identifiers: { arn: "iam::@:group{path}{name}" },
};
