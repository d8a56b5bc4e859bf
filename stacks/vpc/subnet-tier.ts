import { Route } from "@cdktf/provider-aws/lib/route/index.js";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table/index.js";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association/index.js";
import { Subnet } from "@cdktf/provider-aws/lib/subnet/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";

export interface SubnetTierProps {
  readonly vpcId: string;
  readonly name: "public" | "private" | "db";
  /** Third number of the first subnet's addresses; the other zones' follow it. */
  readonly thirdOctet: number;
}

/** A subnet in each zone, each with a route table of its own that knows no way out yet. */
export class SubnetTier extends Construct {
  readonly subnets: readonly Subnet[];
  readonly routeTables: readonly TierRouteTable[];
  readonly cidrBlocks: readonly string[];

  constructor(scope: Construct, id: string, { vpcId, name, thirdOctet }: SubnetTierProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const { zones } = stack.environment;
    this.cidrBlocks = zones.map((_, index) => `10.23.${thirdOctet + index}.0/24`);
    this.subnets = zones.map(
      (zone, index) =>
        new Subnet(this, `Subnet${index}`, {
          vpcId,
          availabilityZone: zone,
          cidrBlock: `10.23.${thirdOctet + index}.0/24`,
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
  /** Sends everything that is not for the VPC to a gateway. */
  routeInternetTo(gateway: { readonly gatewayId: string } | { readonly natGatewayId: string }): void {
    new Route(this, "Internet", { routeTableId: this.id, destinationCidrBlock: "0.0.0.0/0", ...gateway });
  }
}
