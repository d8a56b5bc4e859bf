import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import type { SecurityGroupReference } from "./security-group-rules.ts";

export interface NamedSecurityGroupProps {
  readonly vpcId: string;
  /** The group's name after the prefix. */
  readonly name: string;
  /** A change of the description replaces the group. */
  readonly description: string;
}

/** A security group without rules. */
export class NamedSecurityGroup extends Construct implements SecurityGroupReference {
  readonly id: string;
  readonly description: string;

  constructor(scope: Construct, id: string, props: NamedSecurityGroupProps) {
    super(scope, id);
    const { vpcId, description } = props;
    const name = BaseStack.of(this).physicalName("securityGroup", props.name);
    this.id = new SecurityGroup(this, "Group", { vpcId, name, description, tags: { Name: name } }).id;
    this.description = description;
  }
}
