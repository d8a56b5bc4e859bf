import type { Call } from "../../../gateway/protocol.ts";
import { type DbInstances, dbInstanceArn } from "../db-instances.ts";
import { describeDbInstance } from "./describe-db-instance.ts";

interface Input {
  readonly DBInstanceIdentifier?: string;
}

export const stopDbInstance =
  (instances: Pick<DbInstances, "get" | "stop">) =>
  async ({ DBInstanceIdentifier: identifier = "" }: Input, call: Call): Promise<object> => {
    call.authorize("rds:StopDBInstance", dbInstanceArn(identifier));
    await instances.stop(identifier);
    return { DBInstance: describeDbInstance(instances.get(identifier)) };
  };
