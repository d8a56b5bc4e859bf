import type { Call } from "../../../gateway/protocol.ts";
import { arn } from "../../../runtime/account.ts";
import type { Rds } from "../rds.ts";
import { describe } from "./describe-db-instances.ts";

interface Input {
  readonly DBInstanceIdentifier?: string;
}

export const startDbInstance =
  (rds: Pick<Rds, "get" | "startInstance">) =>
  async ({ DBInstanceIdentifier: identifier = "" }: Input, call: Call): Promise<object> => {
    call.authorize("rds:StartDBInstance", arn("rds", `db:${identifier}`));
    await rds.startInstance(identifier);
    return { DBInstance: describe(rds.get(identifier)) };
  };
