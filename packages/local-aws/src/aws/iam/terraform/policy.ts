import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const policyResource: ResourceHandler = {
  type: "aws_iam_policy",
  identifiers: { arn: "iam::@:policy{path}{name}", arnIsId: true, computed: { policy_id: "ANPA{RANDOM}" } },
};
