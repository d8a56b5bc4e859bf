import type { Call } from "../../../gateway/protocol.ts";
import { arn } from "../../../runtime/account.ts";
import type { Rds } from "../rds.ts";
import { describe } from "./describe-db-instances.ts";

interface Input {
  readonly DBInstanceIdentifier?: string;
}

export const rebootDbInstance =
  (rds: Pick<Rds, "get" | "startInstance" | "stopInstance">) =>
  async ({ DBInstanceIdentifier: identifier = "" }: Input, call: Call): Promise<object> => {
    call.authorize("rds:RebootDBInstance", arn("rds", `db:${identifier}`));
    await rds.stopInstance(identifier);
    await rds.startInstance(identifier);
    return { DBInstance: describe(rds.get(identifier)) };
  };
