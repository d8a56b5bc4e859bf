import type { Call } from "../../../gateway/protocol.ts";
import { arn } from "../../../runtime/account.ts";
import type { Rds } from "../rds.ts";
import { describe } from "./describe-db-instances.ts";

interface Input {
  readonly DBInstanceIdentifier?: string;
}

export const stopDbInstance =
  (rds: Pick<Rds, "get" | "stopInstance">) =>
  async ({ DBInstanceIdentifier: identifier = "" }: Input, call: Call): Promise<object> => {
    call.authorize("rds:StopDBInstance", arn("rds", `db:${identifier}`));
    await rds.stopInstance(identifier);
    return { DBInstance: describe(rds.get(identifier)) };
  };
