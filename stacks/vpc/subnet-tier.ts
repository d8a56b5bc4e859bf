import { Route } from "@cdktf/provider-aws/lib/route/index.js";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table/index.js";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association/index.js";
import { Subnet } from "@cdktf/provider-aws/lib/subnet/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import { ANYWHERE, subnetCidr } from "../base/cidr-blocks.ts";

export interface SubnetTierProps {
  readonly vpcId: string;
  readonly name: "public" | "private" | "db";
  /** Third octet of the first subnet; the subnets of the other zones use the octets that follow. */
  readonly thirdOctet: number;
}

/** A subnet per zone, each with its own route table without a route to the internet. */
export class SubnetTier extends Construct {
  readonly subnets: readonly Subnet[];
  readonly routeTables: readonly TierRouteTable[];
  readonly cidrBlocks: readonly string[];

  constructor(scope: Construct, id: string, { vpcId, name, thirdOctet }: SubnetTierProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const { zones } = stack.environment;
    this.cidrBlocks = zones.map((_, index) => subnetCidr(thirdOctet + index));
    this.subnets = zones.map(
      (zone, index) =>
        new Subnet(this, `Subnet${index}`, {
          vpcId,
          availabilityZone: zone,
          cidrBlock: subnetCidr(thirdOctet + index),
          mapPublicIpOnLaunch: false,
          tags: { Name: stack.physicalName("tag", `${name}-${zone}`) },
        }),
    );
    this.routeTables = this.subnets.map((subnet, index) => {
      const tags = { Name: stack.physicalName("tag", `${name}-${zones[index]}`) };
      const table = new TierRouteTable(this, `RouteTable${index}`, { vpcId, tags });
      new RouteTableAssociation(this, `RouteTableAssociation${index}`, { subnetId: subnet.id, routeTableId: table.id });
      return table;
    });
  }

  get subnetIds(): string[] {
    return this.subnets.map(({ id }) => id);
  }
}

class TierRouteTable extends RouteTable {
  /** Adds the default route to a gateway. */
  addDefaultRoute(gateway: { readonly gatewayId: string } | { readonly natGatewayId: string }): void {
    new Route(this, "Internet", { routeTableId: this.id, destinationCidrBlock: ANYWHERE, ...gateway });
  }
}
