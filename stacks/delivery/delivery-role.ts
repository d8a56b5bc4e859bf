import type { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy/index.js";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import { policyDocument, type Statement } from "../base/policy.ts";
import { type DeliveryRoleName, deliveryRoleSuffix } from "./role-names.ts";

export interface DeliveryRoleProps {
  readonly name: DeliveryRoleName;
  readonly description: string;
  /** The JSON of the trust policy. */
  readonly trustPolicy: string;
  readonly boundaryArn: string;
  /** In seconds, between 3,600 and 43,200; defaults to 3,600. */
  readonly maxSessionDuration?: number;
  /** Construct ID of the attachment → managed policy. */
  readonly policies?: Readonly<Record<string, IamPolicy>>;
  /** The inline policy. */
  readonly statements: readonly Statement[];
}

/** A role that jobs of the repository's workflows assume. */
export class DeliveryRole extends Construct {
  constructor(scope: Construct, id: string, props: DeliveryRoleProps) {
    super(scope, id);
    const role = new IamRole(this, "Role", {
      name: BaseStack.of(this).physicalName("role", deliveryRoleSuffix(props.name)),
      description: props.description,
      assumeRolePolicy: props.trustPolicy,
      permissionsBoundary: props.boundaryArn,
      ...(props.maxSessionDuration !== undefined && { maxSessionDuration: props.maxSessionDuration }),
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
