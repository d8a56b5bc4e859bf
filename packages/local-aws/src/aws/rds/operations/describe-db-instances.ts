import type { Call } from "../../../gateway/protocol.ts";
import { dbInstanceDescription } from "../db-instance-description.ts";
import { dbInstanceArn } from "../db-instances.ts";
import type { RdsContext } from "./context.ts";

interface Input {
  readonly DBInstanceIdentifier?: string;
}

export const describeDbInstances =
  ({ instances }: RdsContext) =>
  ({ DBInstanceIdentifier: identifier }: Input, call: Call): object => {
    call.authorize("rds:DescribeDBInstances", dbInstanceArn(identifier ?? "*"));
    const found = identifier === undefined ? instances.recorded() : [instances.get(identifier)];
    return { DBInstances: { DBInstance: found.map(dbInstanceDescription) } };
  };
