import type { RdsContext } from "./context.ts";
import { describeDbInstances } from "./describe-db-instances.ts";
import { rebootDbInstance } from "./reboot-db-instance.ts";
import { startDbInstance } from "./start-db-instance.ts";
import { stopDbInstance } from "./stop-db-instance.ts";

/** Terraform creates and configures instances; the API describes, stops and starts them. */
export function rdsOperations(context: RdsContext) {
  return {
    DescribeDBInstances: describeDbInstances(context),
    RebootDBInstance: rebootDbInstance(context),
    StartDBInstance: startDbInstance(context),
    StopDBInstance: stopDbInstance(context),
  };
}
