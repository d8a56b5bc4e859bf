import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import { policyDocument, type Statement } from "../base/policy.ts";
import type { SecurityGroups } from "./security-groups.ts";
import type { SubnetTier } from "./subnet-tier.ts";

export interface EndpointsProps {
  readonly vpcId: string;
  /** The subnets that use the endpoints. */
  readonly tier: SubnetTier;
  readonly groups: SecurityGroups;
}

/**
 * Buckets of AWS that instances and containers read through the S3 endpoint: the layers of ECR images
 * (https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms) and the packages of
 * Amazon Linux (https://docs.aws.amazon.com/linux/al2023/ug/managing-repos-os-updates.html).
 */
const AWS_BUCKETS = ["prod-REGION-starport-layer-bucket", "al2023-repos-REGION-de612dc2"];

/**
 * VPC endpoints: gateway endpoints for S3 and DynamoDB, which are free, and an interface endpoint for Secrets Manager,
 * which costs less than a NAT gateway and its traffic. With them the functions need no route to the internet.
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
    // Prevents copying data through the endpoints to another account.
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
        principals: "*", // The requests are signed by accounts of AWS or unsigned.
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
