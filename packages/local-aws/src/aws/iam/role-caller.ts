import type { Caller } from "../../gateway/service.ts";
import { ACCOUNT_ID } from "../../runtime/account.ts";

/** A session of a role that an AWS service has assumed, for the check of the role's permissions. */
export function roleCaller(roleArn: string, sessionName: string): Caller {
  const roleName = roleArn.split("/").at(-1) ?? "";
  const arn = `arn:aws:sts::${ACCOUNT_ID}:assumed-role/${roleName}/${sessionName}`;
  return { kind: "role", arn, accessKeyId: "", roleName };
}
