import type { Call } from "../../../gateway/protocol.ts";
import { type DbInstances, dbInstanceArn } from "../db-instances.ts";
import { describeDbInstance } from "./describe-db-instance.ts";

interface Input {
  readonly DBInstanceIdentifier?: string;
}

export const startDbInstance =
  (instances: Pick<DbInstances, "get" | "start">) =>
  async ({ DBInstanceIdentifier: identifier = "" }: Input, call: Call): Promise<object> => {
    call.authorize("rds:StartDBInstance", dbInstanceArn(identifier));
    await instances.start(identifier);
    return { DBInstance: describeDbInstance(instances.get(identifier)) };
  };
