import { describeDbInstances } from "./operations/describe-db-instances.ts";
import { rebootDbInstance } from "./operations/reboot-db-instance.ts";
import { startDbInstance } from "./operations/start-db-instance.ts";
import { stopDbInstance } from "./operations/stop-db-instance.ts";
import type { Rds } from "./rds.ts";

/** Instances are made and changed by Terraform alone; they can be looked at, stopped and started. */
export function rdsOperations(rds: Rds) {
  return {
    DescribeDBInstances: describeDbInstances(rds),
    RebootDBInstance: rebootDbInstance(rds),
    StartDBInstance: startDbInstance(rds),
    StopDBInstance: stopDbInstance(rds),
  };
}
