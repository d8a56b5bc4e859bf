import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group/index.js";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway/index.js";
import { Vpc } from "@cdktf/provider-aws/lib/vpc/index.js";
import type { Construct } from "constructs";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import { VPC_CIDR } from "./base/cidr-blocks.ts";
import type { Published } from "./base/outputs.ts";
import type { StateBucketOutputs } from "./state-bucket.ts";
import { Endpoints } from "./vpc/endpoints.ts";
import { FlowLog } from "./vpc/flow-log.ts";
import { NatGateways } from "./vpc/nat-gateways.ts";
import { NetworkAcls } from "./vpc/network-acls.ts";
import { SecurityGroups } from "./vpc/security-groups.ts";
import { SubnetTier } from "./vpc/subnet-tier.ts";

export interface VpcOutputs {
  readonly vpcId: string;
  readonly publicSubnetIds: readonly string[];
  readonly privateSubnetIds: readonly string[];
  /** Subnets without a route to the internet, for databases and caches. */
  readonly databaseSubnetIds: readonly string[];
  readonly apiSecurityGroupId: string;
  readonly updateSecurityGroupId: string;
  readonly initSecurityGroupId: string;
  readonly databaseSecurityGroupId: string;
  readonly cacheSecurityGroupId: string;
  readonly endpointsSecurityGroupId: string;
}

export interface VpcStackProps extends StackProps {
  readonly stateBucket: Published<StateBucketOutputs>;
}

/** The VPC that all systems share: three tiers of subnets in three zones, with network ACLs and security groups. */
export class VpcStack extends BaseStack {
  readonly outputs: Published<VpcOutputs>;

  constructor(scope: Construct, id: string, props: VpcStackProps) {
    super(scope, id, props);
    const { accessLogBucket } = this.read(props.stateBucket);
    const vpc = new Vpc(this, "Vpc", {
      cidrBlock: VPC_CIDR,
      enableDnsSupport: true,
      enableDnsHostnames: true, // Required for the private DNS names of the interface endpoints.
      tags: { Name: this.environment.prefix },
    });
    // The default for resources without a security group; it has no rules.
    new DefaultSecurityGroup(this, "DefaultSecurityGroup", { vpcId: vpc.id });
    const internet = new InternetGateway(this, "Internet", {
      vpcId: vpc.id,
      tags: { Name: this.environment.prefix },
    });

    const publicTier = new SubnetTier(this, "Public", { vpcId: vpc.id, name: "public", thirdOctet: 0 });
    const privateTier = new SubnetTier(this, "Private", { vpcId: vpc.id, name: "private", thirdOctet: 10 });
    const databaseTier = new SubnetTier(this, "Database", { vpcId: vpc.id, name: "db", thirdOctet: 20 });
    for (const table of publicTier.routeTables) table.addDefaultRoute({ gatewayId: internet.id });
    new NatGateways(this, "Nat", { publicTier, privateTier, internetGateway: internet });
    new NetworkAcls(this, "Acls", { vpcId: vpc.id, publicTier, privateTier, databaseTier });

    const groups = new SecurityGroups(this, "SecurityGroups", { vpcId: vpc.id });
    new Endpoints(this, "Endpoints", { vpcId: vpc.id, tier: privateTier, groups });
    new FlowLog(this, "FlowLog", { vpcId: vpc.id, accessLogBucket });

    this.outputs = this.publish({
      vpcId: vpc.id,
      publicSubnetIds: publicTier.subnetIds,
      privateSubnetIds: privateTier.subnetIds,
      databaseSubnetIds: databaseTier.subnetIds,
      apiSecurityGroupId: groups.api.id,
      updateSecurityGroupId: groups.update.id,
      initSecurityGroupId: groups.init.id,
      databaseSecurityGroupId: groups.database.id,
      cacheSecurityGroupId: groups.cache.id,
      endpointsSecurityGroupId: groups.endpoints.id,
    });
  }
}
