import type { Records } from "../../provider/records.ts";
import type { PoliciesOf } from "./access-control.ts";

/** The policies of a role, out of the recorded resources: inline ones, those of the role itself, and attached managed ones. */
export function rolePolicies(records: Records): PoliciesOf {
  return (roleName) => {
    const ofRole = (type: string) => records.ofType(type).filter(({ attributes }) => attributes.role === roleName);
    const role = records.ofType("aws_iam_role").find(({ attributes }) => attributes.name === roleName)?.attributes;
    const inline = (role?.inline_policy ?? []) as { policy?: string | null }[];
    const attached = new Set([
      ...ofRole("aws_iam_role_policy_attachment").map(({ attributes }) => attributes.policy_arn),
      ...((role?.managed_policy_arns ?? []) as string[]),
    ]);
    return [
      ...inline.map(({ policy }) => policy),
      ...ofRole("aws_iam_role_policy").map(({ attributes }) => attributes.policy),
      ...records
        .ofType("aws_iam_policy")
        .filter(({ attributes }) => attached.has(attributes.arn))
        .map(({ attributes }) => attributes.policy),
    ].filter((policy) => typeof policy === "string" && policy !== "") as string[];
  };
}
