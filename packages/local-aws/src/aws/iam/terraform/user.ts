import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const userResource: ResourceHandler = {
  type: "aws_iam_user",
  identifiers: { arn: "iam::@:user{path}{name}", computed: { unique_id: "AIDA{RANDOM}" } },
};
