import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { LaunchTemplates } from "../launch-templates.ts";
import { availabilityZonesDataSource } from "./availability-zones.ts";
import { defaultNetworkAclResource } from "./default-network-acl.ts";
import { defaultRouteTableResource } from "./default-route-table.ts";
import { defaultSecurityGroupResource } from "./default-security-group.ts";
import { egressOnlyInternetGatewayResource } from "./egress-only-internet-gateway.ts";
import { eipResource } from "./eip.ts";
import { eipAssociationResource } from "./eip-association.ts";
import { flowLogResource } from "./flow-log.ts";
import { instanceResource } from "./instance.ts";
import { internetGatewayResource } from "./internet-gateway.ts";
import { launchTemplateResource } from "./launch-template.ts";
import { natGatewayResource } from "./nat-gateway.ts";
import { networkAclResource } from "./network-acl.ts";
import { networkAclAssociationResource } from "./network-acl-association.ts";
import { networkAclRuleResource } from "./network-acl-rule.ts";
import { networkInterfaceResource } from "./network-interface.ts";
import { routeResource } from "./route.ts";
import { routeTableResource } from "./route-table.ts";
import { routeTableAssociationResource } from "./route-table-association.ts";
import { securityGroupResource } from "./security-group.ts";
import { subnetResource } from "./subnet.ts";
import { vpcResource } from "./vpc.ts";
import { vpcDhcpOptionsResource } from "./vpc-dhcp-options.ts";
import { vpcEndpointResource } from "./vpc-endpoint.ts";
import { vpcSecurityGroupEgressRuleResource } from "./vpc-security-group-egress-rule.ts";
import { vpcSecurityGroupIngressRuleResource } from "./vpc-security-group-ingress-rule.ts";

export function ec2Terraform(launchTemplates: LaunchTemplates): TerraformParts {
  return {
    resources: [
      defaultNetworkAclResource,
      defaultRouteTableResource,
      defaultSecurityGroupResource,
      egressOnlyInternetGatewayResource,
      eipResource,
      eipAssociationResource,
      flowLogResource,
      instanceResource,
      internetGatewayResource,
      launchTemplateResource(launchTemplates),
      natGatewayResource,
      networkAclResource,
      networkAclAssociationResource,
      networkAclRuleResource,
      networkInterfaceResource,
      routeResource,
      routeTableResource,
      routeTableAssociationResource,
      securityGroupResource,
      subnetResource,
      vpcResource,
      vpcDhcpOptionsResource,
      vpcEndpointResource,
      vpcSecurityGroupEgressRuleResource,
      vpcSecurityGroupIngressRuleResource,
    ],
    dataSources: [availabilityZonesDataSource],
  };
}
