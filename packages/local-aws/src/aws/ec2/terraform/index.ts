import type { TerraformParts } from "../../../provider/resource.ts";
import type { LaunchTemplates } from "../launch-templates.ts";
import { availabilityZones } from "./availability-zones.ts";
import { defaultNetworkAcl } from "./default-network-acl.ts";
import { defaultRouteTable } from "./default-route-table.ts";
import { defaultSecurityGroup } from "./default-security-group.ts";
import { egressOnlyInternetGateway } from "./egress-only-internet-gateway.ts";
import { eip } from "./eip.ts";
import { eipAssociation } from "./eip-association.ts";
import { flowLog } from "./flow-log.ts";
import { instance } from "./instance.ts";
import { internetGateway } from "./internet-gateway.ts";
import { launchTemplate } from "./launch-template.ts";
import { natGateway } from "./nat-gateway.ts";
import { networkAcl } from "./network-acl.ts";
import { networkAclAssociation } from "./network-acl-association.ts";
import { networkAclRule } from "./network-acl-rule.ts";
import { networkInterface } from "./network-interface.ts";
import { route } from "./route.ts";
import { routeTable } from "./route-table.ts";
import { routeTableAssociation } from "./route-table-association.ts";
import { securityGroup } from "./security-group.ts";
import { subnet } from "./subnet.ts";
import { vpc } from "./vpc.ts";
import { vpcDhcpOptions } from "./vpc-dhcp-options.ts";
import { vpcEndpoint } from "./vpc-endpoint.ts";
import { vpcSecurityGroupEgressRule } from "./vpc-security-group-egress-rule.ts";
import { vpcSecurityGroupIngressRule } from "./vpc-security-group-ingress-rule.ts";

export function ec2Terraform(launchTemplates: LaunchTemplates): TerraformParts {
  return {
    resources: [
      defaultNetworkAcl,
      defaultRouteTable,
      defaultSecurityGroup,
      egressOnlyInternetGateway,
      eip,
      eipAssociation,
      flowLog,
      instance,
      internetGateway,
      launchTemplate(launchTemplates),
      natGateway,
      networkAcl,
      networkAclAssociation,
      networkAclRule,
      networkInterface,
      route,
      routeTable,
      routeTableAssociation,
      securityGroup,
      subnet,
      vpc,
      vpcDhcpOptions,
      vpcEndpoint,
      vpcSecurityGroupEgressRule,
      vpcSecurityGroupIngressRule,
    ],
    dataSources: [availabilityZones],
  };
}
