import type { Call } from "../../../gateway/protocol.ts";
import { dbInstanceDescription } from "../db-instance-description.ts";
import { dbInstanceArn } from "../db-instances.ts";
import type { RdsContext } from "./context.ts";

interface Input {
  readonly DBInstanceIdentifier?: string;
}

export const rebootDbInstance =
  ({ instances }: RdsContext) =>
  async ({ DBInstanceIdentifier: identifier = "" }: Input, call: Call): Promise<object> => {
    call.authorize("rds:RebootDBInstance", dbInstanceArn(identifier));
    await instances.stop(identifier);
    await instances.start(identifier);
    return { DBInstance: dbInstanceDescription(instances.get(identifier)) };
  };
