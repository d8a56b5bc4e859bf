import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js";
import type { Construct } from "constructs";

/** A security group of this stack or of another one. */
export interface SecurityGroupReference {
  readonly id: string;
  /** The description of the group, which is also part of the descriptions of its rules. */
  readonly description: string;
}

export interface GroupRuleProps {
  readonly from: SecurityGroupReference;
  readonly to: SecurityGroupReference;
  readonly port: number;
  /** The kind of traffic, for the descriptions of the rules. */
  readonly traffic: string;
}

/** Allows TCP connections from one security group to another: an egress rule and an ingress rule. */
export function allowBetweenGroups(scope: Construct, id: string, { from, to, port, traffic }: GroupRuleProps): void {
  new VpcSecurityGroupEgressRule(scope, `${id}Out`, {
    ...tcp(port),
    securityGroupId: from.id,
    referencedSecurityGroupId: to.id,
    description: `${traffic}: to ${to.description}`,
  });
  new VpcSecurityGroupIngressRule(scope, `${id}In`, {
    ...tcp(port),
    securityGroupId: to.id,
    referencedSecurityGroupId: from.id,
    description: `${traffic}: from ${from.description}`,
  });
}

export interface CidrRuleProps {
  readonly group: SecurityGroupReference;
  readonly cidrBlock: string;
  readonly port: number;
  /** The kind of traffic, for the description of the rule. */
  readonly traffic: string;
}

/** Allows TCP connections from an address range to a security group. */
export function allowFromCidr(scope: Construct, id: string, { group, cidrBlock, port, traffic }: CidrRuleProps): void {
  const rule = { ...tcp(port), securityGroupId: group.id, cidrIpv4: cidrBlock };
  new VpcSecurityGroupIngressRule(scope, id, { ...rule, description: `${traffic}: from ${cidrBlock}` });
}

/** Allows TCP connections from a security group to an address range. */
export function allowToCidr(scope: Construct, id: string, { group, cidrBlock, port, traffic }: CidrRuleProps): void {
  const rule = { ...tcp(port), securityGroupId: group.id, cidrIpv4: cidrBlock };
  new VpcSecurityGroupEgressRule(scope, id, { ...rule, description: `${traffic}: to ${cidrBlock}` });
}

const tcp = (port: number) => ({ ipProtocol: "tcp", fromPort: port, toPort: port });
