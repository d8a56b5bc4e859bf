import type { Call } from "../../../gateway/protocol.ts";
import { type DbInstances, dbInstanceArn } from "../db-instances.ts";
import { describeDbInstance } from "./describe-db-instance.ts";

interface Input {
  readonly DBInstanceIdentifier?: string;
}

export const describeDbInstances =
  (instances: Pick<DbInstances, "get" | "recorded">) =>
  ({ DBInstanceIdentifier: identifier }: Input, call: Call): object => {
    call.authorize("rds:DescribeDBInstances", dbInstanceArn(identifier ?? "*"));
    const found = identifier === undefined ? instances.recorded() : [instances.get(identifier)];
    return { DBInstances: { DBInstance: found.map(describeDbInstance) } };
  };
