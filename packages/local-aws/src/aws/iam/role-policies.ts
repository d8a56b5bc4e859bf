import type { Records } from "../../provider/records.ts";
import type { PoliciesOf } from "./access-control.ts";

/** Allows nothing. Used when the policy of a boundary does not exist. */
const EMPTY_POLICY = JSON.stringify({ Version: "2012-10-17", Statement: [] });

/**
 * Finds the policies of a role in the recorded resources: inline policies, attached managed policies and the boundary.
 */
export function rolePolicies(records: Records): PoliciesOf {
  return (roleName) => {
    const ofRole = (type: string) => records.ofType(type).filter(({ attributes }) => attributes.role === roleName);
    const role = records.ofType("aws_iam_role").find(({ attributes }) => attributes.name === roleName)?.attributes;
    const inline = (role?.inline_policy ?? []) as { policy?: string | null }[];
    const attached = new Set([
      ...ofRole("aws_iam_role_policy_attachment").map(({ attributes }) => attributes.policy_arn),
      ...((role?.managed_policy_arns ?? []) as string[]),
    ]);
    const managed = records.ofType("aws_iam_policy");
    const identityBased = [
      ...inline.map(({ policy }) => policy),
      ...ofRole("aws_iam_role_policy").map(({ attributes }) => attributes.policy),
      ...managed.filter(({ attributes }) => attached.has(attributes.arn)).map(({ attributes }) => attributes.policy),
    ].filter((policy) => typeof policy === "string" && policy !== "") as string[];
    const boundaryArn = role?.permissions_boundary;
    if (!boundaryArn) return { identityBased };
    const boundary = managed.find(({ attributes }) => attributes.arn === boundaryArn)?.attributes.policy;
    return { identityBased, boundary: typeof boundary === "string" ? boundary : EMPTY_POLICY };
  };
}
