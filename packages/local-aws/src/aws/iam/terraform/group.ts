import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const groupResource: ResourceHandler = {
  type: "aws_iam_group",
  identifiers: { arn: "iam::@:group{path}{name}" },
};
