import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import { policyDocument, type Statement } from "../base/policy.ts";
import type { SecurityGroups } from "./security-groups.ts";
import type { SubnetTier } from "./subnet-tier.ts";

export interface EndpointsProps {
  readonly vpcId: string;
  /** The subnets that use them. */
  readonly tier: SubnetTier;
  readonly groups: SecurityGroups;
}

/**
 * Buckets of AWS's own that machines and containers read by way of our endpoint: the layers of ECR's images
 * (https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms), and the packages of Amazon Linux
 * (https://docs.aws.amazon.com/linux/al2023/ug/managing-repos-os-updates.html).
 */
const AWS_BUCKETS = ["prod-REGION-starport-layer-bucket", "al2023-repos-REGION-de612dc2"];

/**
 * Ways to AWS services that do not leave the network: for S3 and DynamoDB by routes, which cost nothing; for Secrets Manager by an address
 * in the subnets, which costs less than the NAT gateway's traffic and lets the functions do without the internet.
 */
export class Endpoints extends Construct {
  constructor(scope: Construct, id: string, { vpcId, tier, groups }: EndpointsProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const { region, accountId, network } = stack.environment;
    const routeTableIds = tier.routeTables.map(({ id }) => id);
    const common = (service: string) => ({
      vpcId,
      serviceName: `com.amazonaws.${region}.${service}`,
      tags: { Name: stack.physicalName("tag", service) },
    });
    // Nobody can carry data through our network into another account.
    const ownAccountOnly = (service: string, ...more: Statement[]) =>
      policyDocument([
        ...more,
        {
          sid: "OwnAccountOnly",
          principals: "*",
          actions: [`${service}:*`],
          resources: ["*"],
          conditions: { StringEquals: { "aws:PrincipalAccount": accountId, "aws:ResourceAccount": accountId } },
        },
      ]);

    const s3 = new VpcEndpoint(this, "S3", {
      ...common("s3"),
      vpcEndpointType: "Gateway",
      routeTableIds,
      policy: ownAccountOnly("s3", {
        sid: "ReadImagesAndPackages",
        principals: "*", // the addresses are signed by AWS's own accounts, or not at all
        actions: ["s3:GetObject"],
        resources: AWS_BUCKETS.map((bucket) => `arn:aws:s3:::${bucket.replace("REGION", region)}/*`),
      }),
    });
    new VpcEndpoint(this, "DynamoDb", {
      ...common("dynamodb"),
      vpcEndpointType: "Gateway",
      routeTableIds,
      policy: ownAccountOnly("dynamodb"),
    });
    new VpcEndpoint(this, "SecretsManager", {
      ...common("secretsmanager"),
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: tier.subnetIds.slice(0, network.endpointZones),
      securityGroupIds: [groups.endpoints.id],
      policy: ownAccountOnly("secretsmanager"),
    });
    groups.allowToPrefixList("ApiToS3", groups.api, s3.prefixListId, "Files: to S3");
    groups.allowToPrefixList("UpdateToS3", groups.update, s3.prefixListId, "Files: to S3");
  }
}
