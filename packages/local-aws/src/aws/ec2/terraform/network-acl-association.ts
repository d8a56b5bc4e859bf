import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const networkAclAssociationResource: ResourceHandler = {
  type: "aws_network_acl_association",
  identifiers: { id: "aclassoc" },
};
