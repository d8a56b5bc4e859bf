import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const networkAclRuleResource: ResourceHandler = {
  type: "aws_network_acl_rule",
  identifiers: { id: "nacl" },
};
