import type { Construct } from "constructs";
import { ANYWHERE } from "../base/cidr-blocks.ts";
import { databasePort, HTTPS } from "../base/ports.ts";
import { NamedSecurityGroup } from "../constructs/named-security-group.ts";
import { allowBetweenGroups, allowToCidr, type SecurityGroupReference } from "../constructs/security-group-rules.ts";
import type { Environment } from "../environment/environment.ts";
import type { VpcOutputs } from "../vpc.ts";

export interface ProgramSecurityGroupProps {
  readonly service: string;
  readonly vpc: VpcOutputs;
  readonly environment: Environment;
}

/**
 * The security group of a program that uses the database and AWS APIs. The NAT gateway provides access to the services
 * without an endpoint, from which images and packages are downloaded. The rule for them includes the gateway endpoints
 * of S3 and DynamoDB, whose routes precede that of the NAT gateway.
 */
export function programSecurityGroup(
  scope: Construct,
  id: string,
  { service, vpc, environment }: ProgramSecurityGroupProps,
): SecurityGroupReference {
  const group = new NamedSecurityGroup(scope, id, {
    vpcId: vpc.vpcId,
    name: service,
    description: `The ${service} program`,
  });
  const database = { id: vpc.databaseSecurityGroupId, description: "PostgreSQL" };
  const endpoints = { id: vpc.endpointsSecurityGroupId, description: "Interface endpoints of AWS services" };
  allowBetweenGroups(group, "ToDatabase", {
    from: group,
    to: database,
    port: databasePort(environment),
    traffic: "SQL",
  });
  allowBetweenGroups(group, "ToEndpoints", { from: group, to: endpoints, port: HTTPS, traffic: "AWS APIs" });
  allowToCidr(group, "ToAws", { group, cidrBlock: ANYWHERE, port: HTTPS, traffic: "Programs, logs and traces" });
  return group;
}
