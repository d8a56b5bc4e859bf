import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import type { Party } from "./conversation.ts";

export interface NamedSecurityGroupProps {
  readonly vpcId: string;
  /** The group's name after the prefix. */
  readonly thing: string;
  /** Who it stands for. */
  readonly description: string;
}

/** A security group that allows nothing by itself. */
export class NamedSecurityGroup extends Construct implements Party {
  readonly id: string;
  readonly description: string;

  constructor(scope: Construct, id: string, { vpcId, thing, description }: NamedSecurityGroupProps) {
    super(scope, id);
    const name = BaseStack.of(this).physicalName("securityGroup", thing);
    this.id = new SecurityGroup(this, "Group", { vpcId, name, description, tags: { Name: name } }).id;
    this.description = description;
  }
}
