import { Eip } from "@cdktf/provider-aws/lib/eip/index.js";
import type { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway/index.js";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway/index.js";
import type { Subnet } from "@cdktf/provider-aws/lib/subnet/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import type { PartName } from "../environment/environment.ts";
import type { SubnetTier } from "./subnet-tier.ts";

export interface NatGatewaysProps {
  readonly publicTier: SubnetTier;
  readonly privateTier: SubnetTier;
  readonly internetGateway: InternetGateway;
}

/** The parts whose programs in private subnets need the internet. */
const PARTS_WITH_INTERNET: readonly PartName[] = ["shout", "sum"];

/**
 * NAT gateways for the private subnets if a part of the environment needs one: one for all subnets, or one per zone.
 */
export class NatGateways extends Construct {
  constructor(scope: Construct, id: string, { publicTier, privateTier, internetGateway }: NatGatewaysProps) {
    super(scope, id);
    const { network, parts } = BaseStack.of(this).environment;
    if (!PARTS_WITH_INTERNET.some((part) => parts.includes(part))) return;
    const subnets = network.natGateways === "one" ? publicTier.subnets.slice(0, 1) : publicTier.subnets;
    const gateways = subnets.map((subnet, index) => this.#gateway(index, subnet, internetGateway));
    privateTier.routeTables.forEach((table, index) => {
      const gateway = gateways[index % gateways.length];
      if (gateway) table.addDefaultRoute({ natGatewayId: gateway.id });
    });
  }

  #gateway(index: number, subnet: Subnet, internetGateway: InternetGateway): NatGateway {
    const tags = { Name: BaseStack.of(this).physicalName("tag", `nat-${index}`) };
    const address = new Eip(this, `Address${index}`, { domain: "vpc", tags, dependsOn: [internetGateway] });
    return new NatGateway(this, `Gateway${index}`, {
      subnetId: subnet.id,
      allocationId: address.id,
      tags,
      dependsOn: [internetGateway],
    });
  }
}
