import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js";
import type { Construct } from "constructs";

/** A security group, of the same stack or of another. */
export interface Party {
  readonly id: string;
  /** Who it stands for, as the rules say it. */
  readonly description: string;
}

export interface ConversationProps {
  readonly from: Party;
  readonly to: Party;
  readonly port: number;
  /** What they talk about. */
  readonly what: string;
}

/** Lets one security group open connections to another: one rule at both ends. */
export function allowConversation(scope: Construct, id: string, { from, to, port, what }: ConversationProps): void {
  new VpcSecurityGroupEgressRule(scope, `${id}Out`, {
    ...tcp(port),
    securityGroupId: from.id,
    referencedSecurityGroupId: to.id,
    description: `${what}: to ${to.description}`,
  });
  new VpcSecurityGroupIngressRule(scope, `${id}In`, {
    ...tcp(port),
    securityGroupId: to.id,
    referencedSecurityGroupId: from.id,
    description: `${what}: from ${from.description}`,
  });
}

/** A block of addresses outside of the network. */
export interface OutsideProps {
  readonly party: Party;
  readonly cidrBlock: string;
  readonly port: number;
  readonly what: string;
}

/** Lets a block of addresses open connections to a security group. */
export function allowFromOutside(scope: Construct, id: string, { party, cidrBlock, port, what }: OutsideProps): void {
  const rule = { ...tcp(port), securityGroupId: party.id, cidrIpv4: cidrBlock };
  new VpcSecurityGroupIngressRule(scope, id, { ...rule, description: `${what}: from ${cidrBlock}` });
}

/** Lets a security group open connections to a block of addresses. */
export function allowToOutside(scope: Construct, id: string, { party, cidrBlock, port, what }: OutsideProps): void {
  const rule = { ...tcp(port), securityGroupId: party.id, cidrIpv4: cidrBlock };
  new VpcSecurityGroupEgressRule(scope, id, { ...rule, description: `${what}: to ${cidrBlock}` });
}

const tcp = (port: number) => ({ ipProtocol: "tcp", fromPort: port, toPort: port });
