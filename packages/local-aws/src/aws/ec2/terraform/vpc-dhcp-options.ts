import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const vpcDhcpOptionsResource: ResourceHandler = {
  type: "aws_vpc_dhcp_options",
  identifiers: { id: "dopt", arn: "ec2:*:dhcp-options/{id}" },
};
