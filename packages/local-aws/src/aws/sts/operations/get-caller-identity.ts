import type { Call } from "../../../gateway/protocol.ts";
import { ACCOUNT_ID } from "../../../runtime/account.ts";

export function getCallerIdentity(_fields: unknown, { caller }: Call): object {
  return {
    Arn: caller.arn,
    UserId: caller.kind === "root" ? ACCOUNT_ID : caller.accessKeyId,
    Account: ACCOUNT_ID,
  };
}
