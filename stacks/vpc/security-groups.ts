import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group/index.js";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import { cachePort, databasePort, HTTPS } from "../base/ports.ts";
import { allowBetweenGroups } from "../constructs/security-group-rules.ts";

export interface SecurityGroupsProps {
  readonly vpcId: string;
}

/**
 * A security group for each program, data store and set of endpoints, with rules that reference other groups. All other
 * traffic is blocked, including the internet.
 */
export class SecurityGroups extends Construct {
  readonly api: SecurityGroup;
  readonly update: SecurityGroup;
  readonly init: SecurityGroup;
  readonly database: SecurityGroup;
  readonly cache: SecurityGroup;
  readonly endpoints: SecurityGroup;
  readonly #vpcId: string;

  constructor(scope: Construct, id: string, { vpcId }: SecurityGroupsProps) {
    super(scope, id);
    this.#vpcId = vpcId;
    const { environment } = BaseStack.of(this);
    this.api = this.#group("api-lambda", "The api function");
    this.update = this.#group("update-lambda", "The postgres-update function");
    this.init = this.#group("init-lambda", "The postgres-init function");
    this.database = this.#group("database", "PostgreSQL");
    this.cache = this.#group("cache", "Valkey");
    this.endpoints = this.#group("endpoints", "Interface endpoints of AWS services");

    const programs = { Api: this.api, Update: this.update, Init: this.init };
    for (const [name, program] of Object.entries(programs)) {
      this.#allow(`${name}ToDatabase`, program, this.database, databasePort(environment), "SQL");
      this.#allow(`${name}ToEndpoints`, program, this.endpoints, HTTPS, "AWS APIs");
    }
    for (const [name, program] of Object.entries({ Api: this.api, Update: this.update })) {
      this.#allow(`${name}ToCache`, program, this.cache, cachePort(environment), "Cache");
    }
  }

  /** Allows HTTPS from a group to the prefix list of a gateway endpoint, which has no security group. */
  allowToPrefixList(id: string, from: SecurityGroup, prefixListId: string, description: string): void {
    new VpcSecurityGroupEgressRule(this, id, {
      securityGroupId: from.id,
      prefixListId,
      ipProtocol: "tcp",
      fromPort: HTTPS,
      toPort: HTTPS,
      description,
    });
  }

  /** A change of the description replaces the group. */
  #group(id: string, description: string): SecurityGroup {
    const name = BaseStack.of(this).physicalName("securityGroup", id);
    return new SecurityGroup(this, id, {
      vpcId: this.#vpcId,
      name,
      description,
      tags: { Name: name },
    });
  }

  #allow(id: string, from: SecurityGroup, to: SecurityGroup, port: number, traffic: string): void {
    allowBetweenGroups(this, id, { from: reference(from), to: reference(to), port, traffic });
  }
}

const reference = ({ id, descriptionInput = "" }: SecurityGroup) => ({ id, description: descriptionInput });
