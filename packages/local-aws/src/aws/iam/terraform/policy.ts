import type { ResourceHandler } from "../../../provider/resource.ts";

export const iamPolicy: ResourceHandler = {
  type: "aws_iam_policy",
  identifiers: { arn: "iam::@:policy{path}{name}", arnIsId: true, computed: { policy_id: "ANPA{RANDOM}" } },
};
