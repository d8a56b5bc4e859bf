import type { Construct } from "constructs";
import { allowConversation, allowToOutside, type Party } from "../constructs/conversation.ts";
import { NamedSecurityGroup } from "../constructs/named-security-group.ts";
import type { Environment } from "../environment/environment.ts";
import { databasePort, HTTPS } from "../vpc/ports.ts";
import type { VpcOutputs } from "../vpc.ts";

export interface ProgramGroupProps {
  readonly service: string;
  readonly vpc: VpcOutputs;
  readonly environment: Environment;
}

/** The security group of a program that uses the database and AWS, and downloads itself from AWS by the NAT gateway. */
export function programGroup(scope: Construct, id: string, { service, vpc, environment }: ProgramGroupProps): Party {
  const group = new NamedSecurityGroup(scope, id, {
    vpcId: vpc.vpcId,
    thing: service,
    description: `The ${service} program`,
  });
  const database = { id: vpc.databaseSecurityGroupId, description: "PostgreSQL" };
  const endpoints = { id: vpc.endpointsSecurityGroupId, description: "Interface endpoints of AWS services" };
  allowConversation(group, "ToDatabase", { from: group, to: database, port: databasePort(environment), what: "SQL" });
  allowConversation(group, "ToEndpoints", { from: group, to: endpoints, port: HTTPS, what: "AWS APIs" });
  allowToOutside(group, "ToAws", { party: group, cidrBlock: "0.0.0.0/0", port: HTTPS, what: "Programs and logs" });
  return group;
}
