import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const networkAclResource: ResourceHandler = {
  type: "aws_network_acl",
  identifiers: { id: "acl", arn: "ec2:*:network-acl/{id}" },
};
