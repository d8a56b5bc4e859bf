import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import { policyDocument, type Statement, serviceTrust } from "../base/policy.ts";

export interface InstanceRoleProps {
  /** The name of the role and of the instance profile after the prefix. */
  readonly name: string;
  readonly description: string;
  /** Permissions in addition to those of Session Manager. */
  readonly statements: readonly Statement[];
}

/** The permissions of Session Manager, so that operators reach an instance without an open port. */
const SESSION_MANAGER = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";

/** The role and the instance profile of an EC2 instance. */
export class InstanceRole extends Construct {
  readonly profileArn: string;

  constructor(scope: Construct, id: string, { name, description, statements }: InstanceRoleProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const role = new IamRole(this, "Role", {
      name: stack.physicalName("role", name),
      description,
      assumeRolePolicy: serviceTrust("ec2.amazonaws.com"),
    });
    new IamRolePolicyAttachment(this, "SessionManager", { role: role.name, policyArn: SESSION_MANAGER });
    if (statements.length > 0) {
      new IamRolePolicy(this, "Permissions", {
        name: "machine",
        role: role.name,
        policy: policyDocument(statements),
      });
    }
    this.profileArn = new IamInstanceProfile(this, "Profile", {
      name: stack.physicalName("instanceProfile", name),
      role: role.name,
    }).arn;
  }
}
