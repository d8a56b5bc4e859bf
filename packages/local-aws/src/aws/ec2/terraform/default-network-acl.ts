import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const defaultNetworkAclResource: ResourceHandler = {
  type: "aws_default_network_acl",
  identifiers: { id: "acl", arn: "ec2:*:network-acl/{id}" },
};
