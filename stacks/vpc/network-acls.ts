import { NetworkAcl } from "@cdktf/provider-aws/lib/network-acl/index.js";
import { NetworkAclRule } from "@cdktf/provider-aws/lib/network-acl-rule/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import { ANYWHERE, VPC_CIDR } from "../base/cidr-blocks.ts";
import { cachePort, databasePort, HTTP, HTTPS, SSH } from "../base/ports.ts";
import type { SubnetTier } from "./subnet-tier.ts";

export interface NetworkAclsProps {
  readonly vpcId: string;
  readonly publicTier: SubnetTier;
  readonly privateTier: SubnetTier;
  readonly databaseTier: SubnetTier;
}

/** Allowed TCP traffic from or to an address range. */
interface Rule {
  readonly cidrBlock: string;
  readonly fromPort: number;
  readonly toPort: number;
}

const tcp = (cidrBlock: string, fromPort: number, toPort = fromPort): Rule => ({ cidrBlock, fromPort, toPort });

/**
 * The ephemeral ports, to which responses are sent: Lambda, NAT gateways and load balancers use all of them
 * (https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports). The port of Remote
 * Desktop is excluded.
 */
const ephemeralPorts = (cidrBlock: string): Rule[] => [tcp(cidrBlock, 1024, 3388), tcp(cidrBlock, 3390, 65_535)];

/** The network ACL of each tier, which limits its traffic independently of the security groups. */
export class NetworkAcls extends Construct {
  constructor(scope: Construct, id: string, props: NetworkAclsProps) {
    super(scope, id);
    const { vpcId, publicTier, privateTier, databaseTier } = props;
    const { environment } = BaseStack.of(this);
    this.#acl("Public", vpcId, publicTier, {
      ingress: [
        tcp(ANYWHERE, HTTP),
        tcp(ANYWHERE, HTTPS),
        ...ephemeralPorts(ANYWHERE),
        ...environment.bastion.allowedIps.map((block) => tcp(block, SSH)),
      ],
      egress: [tcp(ANYWHERE, 0, 65_535)],
    });
    this.#acl("Private", vpcId, privateTier, {
      ingress: [tcp(VPC_CIDR, 0, 65_535), ...ephemeralPorts(ANYWHERE)],
      egress: [tcp(ANYWHERE, 0, 65_535)],
    });
    const ports = [databasePort(environment), cachePort(environment)];
    const clients = privateTier.cidrBlocks;
    const replicas = databaseTier.cidrBlocks; // The nodes of the cache connect to each other.
    this.#acl("Database", vpcId, databaseTier, {
      ingress: [
        ...[...clients, ...replicas].flatMap((block) => ports.map((port) => tcp(block, port))),
        ...replicas.flatMap(ephemeralPorts),
      ],
      egress: [
        ...[...clients, ...replicas].flatMap(ephemeralPorts),
        ...replicas.map((block) => tcp(block, cachePort(environment))),
      ],
    });
  }

  #acl(
    name: string,
    vpcId: string,
    tier: SubnetTier,
    rules: { readonly ingress: readonly Rule[]; readonly egress: readonly Rule[] },
  ): void {
    const tags = { Name: BaseStack.of(this).physicalName("tag", name.toLowerCase()) };
    const acl = new NetworkAcl(this, name, { vpcId, subnetIds: tier.subnetIds, tags });
    for (const direction of ["ingress", "egress"] as const) {
      rules[direction].forEach(({ cidrBlock, fromPort, toPort }, index) => {
        new NetworkAclRule(acl, `${direction}${index}`, {
          networkAclId: acl.id,
          egress: direction === "egress",
          ruleNumber: 100 + index * 10,
          ruleAction: "allow",
          protocol: "tcp",
          cidrBlock,
          fromPort,
          toPort,
        });
      });
    }
  }
}
