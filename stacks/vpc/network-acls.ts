import { NetworkAcl } from "@cdktf/provider-aws/lib/network-acl/index.js";
import { NetworkAclRule } from "@cdktf/provider-aws/lib/network-acl-rule/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import { cachePort, databasePort, HTTP, HTTPS, SSH } from "./ports.ts";
import type { SubnetTier } from "./subnet-tier.ts";

export interface NetworkAclsProps {
  readonly vpcId: string;
  readonly open: SubnetTier;
  readonly closed: SubnetTier;
  readonly database: SubnetTier;
}

/** TCP that may pass, from or to a block of addresses. */
interface Rule {
  readonly cidrBlock: string;
  readonly from: number;
  readonly to: number;
}

const ANYWHERE = "0.0.0.0/0";
const VPC = "10.23.0.0/16";

const tcp = (cidrBlock: string, from: number, to = from): Rule => ({ cidrBlock, from, to });

/**
 * The ports on which answers come back: Lambda, NAT gateways and load balancers use all of them
 * (https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports). Remote desktop's, in their midst, is left out.
 */
const answers = (cidrBlock: string): Rule[] => [tcp(cidrBlock, 1024, 3388), tcp(cidrBlock, 3390, 65_535)];

/** What may cross a tier's border at all, whatever the security groups say. */
export class NetworkAcls extends Construct {
  constructor(scope: Construct, id: string, { vpcId, open, closed, database }: NetworkAclsProps) {
    super(scope, id);
    const { environment } = BaseStack.of(this);
    this.#acl("Public", vpcId, open, {
      ingress: [
        tcp(ANYWHERE, HTTP),
        tcp(ANYWHERE, HTTPS),
        ...answers(ANYWHERE),
        ...environment.bastion.allowedIps.map((block) => tcp(block, SSH)),
      ],
      egress: [tcp(ANYWHERE, 0, 65_535)],
    });
    this.#acl("Private", vpcId, closed, {
      ingress: [tcp(VPC, 0, 65_535), ...answers(ANYWHERE)],
      egress: [tcp(ANYWHERE, 0, 65_535)],
    });
    const ports = [databasePort(environment), cachePort(environment)];
    const clients = closed.cidrBlocks;
    const replicas = database.cidrBlocks; // the cache's nodes speak to each other
    this.#acl("Database", vpcId, database, {
      ingress: [
        ...[...clients, ...replicas].flatMap((block) => ports.map((port) => tcp(block, port))),
        ...replicas.flatMap(answers),
      ],
      egress: [
        ...[...clients, ...replicas].flatMap(answers),
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
      rules[direction].forEach(({ cidrBlock, from, to }, index) => {
        new NetworkAclRule(acl, `${direction}${index}`, {
          networkAclId: acl.id,
          egress: direction === "egress",
          ruleNumber: 100 + index * 10,
          ruleAction: "allow",
          protocol: "tcp",
          cidrBlock,
          fromPort: from,
          toPort: to,
        });
      });
    }
  }
}
