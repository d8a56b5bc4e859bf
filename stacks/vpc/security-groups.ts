import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group/index.js";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import { allowConversation } from "../constructs/conversation.ts";
import { cachePort, databasePort, HTTPS } from "./ports.ts";

/**
 * Who may talk to whom, by reference: a group for each program and each store, and for each conversation one rule at both ends. Whatever
 * is not said here is refused, the internet included.
 */
export class SecurityGroups extends Construct {
  readonly api: SecurityGroup;
  readonly update: SecurityGroup;
  readonly init: SecurityGroup;
  readonly database: SecurityGroup;
  readonly cache: SecurityGroup;
  readonly endpoints: SecurityGroup;
  readonly #vpcId: string;

  constructor(scope: Construct, id: string, { vpcId }: { readonly vpcId: string }) {
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
      this.#allow(`${name}ToCache`, program, this.cache, cachePort(environment), "Cached answers");
    }
  }

  /** Lets a group reach the addresses of a gateway endpoint, which has no group of its own. */
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

  #group(thing: string, description: string): SecurityGroup {
    const name = BaseStack.of(this).physicalName("securityGroup", thing);
    return new SecurityGroup(this, thing, {
      vpcId: this.#vpcId,
      name,
      description,
      tags: { Name: name },
    });
  }

  #allow(id: string, from: SecurityGroup, to: SecurityGroup, port: number, what: string): void {
    allowConversation(this, id, { from: party(from), to: party(to), port, what });
  }
}

const party = ({ id, descriptionInput = "" }: SecurityGroup) => ({ id, description: descriptionInput });
