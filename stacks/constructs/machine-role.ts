import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import { policyDocument, type Statement, serviceTrust } from "../base/policy.ts";

export interface MachineRoleProps {
  /** Its name after the prefix. */
  readonly thing: string;
  readonly description: string;
  /** What it may do besides letting Session Manager in. */
  readonly statements: readonly Statement[];
}

/** What lets Session Manager in, so that no machine needs an open port to be looked after. */
const SESSION_MANAGER = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";

/** What the programs of a virtual machine may do. */
export class MachineRole extends Construct {
  readonly profileArn: string;

  constructor(scope: Construct, id: string, { thing, description, statements }: MachineRoleProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const role = new IamRole(this, "Role", {
      name: stack.physicalName("role", thing),
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
      name: stack.physicalName("instanceProfile", thing),
      role: role.name,
    }).arn;
  }
}
