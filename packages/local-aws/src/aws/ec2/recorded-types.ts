import type { ResourceHandler } from "../../provider/resource.ts";
import { defaultNetworkAcl } from "./terraform/default-network-acl.ts";
import { defaultRouteTable } from "./terraform/default-route-table.ts";
import { defaultSecurityGroup } from "./terraform/default-security-group.ts";
import { egressOnlyInternetGateway } from "./terraform/egress-only-internet-gateway.ts";
import { eip } from "./terraform/eip.ts";
import { eipAssociation } from "./terraform/eip-association.ts";
import { flowLog } from "./terraform/flow-log.ts";
import { instance } from "./terraform/instance.ts";
import { internetGateway } from "./terraform/internet-gateway.ts";
import { natGateway } from "./terraform/nat-gateway.ts";
import { networkAcl } from "./terraform/network-acl.ts";
import { networkAclAssociation } from "./terraform/network-acl-association.ts";
import { networkAclRule } from "./terraform/network-acl-rule.ts";
import { networkInterface } from "./terraform/network-interface.ts";
import { route } from "./terraform/route.ts";
import { routeTable } from "./terraform/route-table.ts";
import { routeTableAssociation } from "./terraform/route-table-association.ts";
import { securityGroup } from "./terraform/security-group.ts";
import { vpc } from "./terraform/vpc.ts";
import { vpcDhcpOptions } from "./terraform/vpc-dhcp-options.ts";
import { vpcSecurityGroupEgressRule } from "./terraform/vpc-security-group-egress-rule.ts";
import { vpcSecurityGroupIngressRule } from "./terraform/vpc-security-group-ingress-rule.ts";

/** Resource types of which nothing lives on this machine: they are recorded, with ids and ARNs of the right form. */
export const ec2RecordedTypes: readonly ResourceHandler[] = [
  defaultNetworkAcl,
  defaultRouteTable,
  defaultSecurityGroup,
  egressOnlyInternetGateway,
  eip,
  eipAssociation,
  flowLog,
  instance,
  internetGateway,
  natGateway,
  networkAcl,
  networkAclAssociation,
  networkAclRule,
  networkInterface,
  route,
  routeTable,
  routeTableAssociation,
  securityGroup,
  vpc,
  vpcDhcpOptions,
  vpcSecurityGroupEgressRule,
  vpcSecurityGroupIngressRule,
];
