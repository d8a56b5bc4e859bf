import type { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import { policyDocument, type Statement } from "../base/policy.ts";
import type { DeliveryRoleName } from "./role-names.ts";
import { deliveryRoleThing } from "./role-names.ts";

export interface DeliveryRoleProps {
  readonly name: DeliveryRoleName;
  readonly description: string;
  /** The JSON of who may take it. */
  readonly trust: string;
  readonly boundaryArn: string;
  /** Seconds of one session; AWS gives 3,600 to 43,200. */
  readonly session?: number;
  /** What it shares with other roles, by a name each. */
  readonly policies?: Readonly<Record<string, IamPolicy>>;
  /** What only it may do. */
  readonly statements: readonly Statement[];
}

/** A role that jobs of the repository's workflows take. */
export class DeliveryRole extends Construct {
  constructor(scope: Construct, id: string, props: DeliveryRoleProps) {
    super(scope, id);
    const role = new IamRole(this, "Role", {
      name: BaseStack.of(this).physicalName("role", deliveryRoleThing(props.name)),
      description: props.description,
      assumeRolePolicy: props.trust,
      permissionsBoundary: props.boundaryArn,
      ...(props.session !== undefined && { maxSessionDuration: props.session }),
    });
    for (const [name, policy] of Object.entries(props.policies ?? {})) {
      new IamRolePolicyAttachment(this, name, { role: role.name, policyArn: policy.arn });
    }
    new IamRolePolicy(this, "Permissions", {
      name: "delivery",
      role: role.name,
      policy: policyDocument(props.statements),
    });
  }
}
