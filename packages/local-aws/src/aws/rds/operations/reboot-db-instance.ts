import type { Call } from "../../../gateway/protocol.ts";
import { type DbInstances, dbInstanceArn } from "../db-instances.ts";
import { describeDbInstance } from "./describe-db-instance.ts";

interface Input {
  readonly DBInstanceIdentifier?: string;
}

export const rebootDbInstance =
  (instances: Pick<DbInstances, "get" | "start" | "stop">) =>
  async ({ DBInstanceIdentifier: identifier = "" }: Input, call: Call): Promise<object> => {
    call.authorize("rds:RebootDBInstance", dbInstanceArn(identifier));
    await instances.stop(identifier);
    await instances.start(identifier);
    return { DBInstance: describeDbInstance(instances.get(identifier)) };
  };
