import type { DbInstances } from "../db-instances.ts";
import { describeDbInstances } from "./describe-db-instances.ts";
import { rebootDbInstance } from "./reboot-db-instance.ts";
import { startDbInstance } from "./start-db-instance.ts";
import { stopDbInstance } from "./stop-db-instance.ts";

/** Terraform creates and configures instances; the API describes, stops and starts them. */
export function rdsOperations(instances: DbInstances) {
  return {
    DescribeDBInstances: describeDbInstances(instances),
    RebootDBInstance: rebootDbInstance(instances),
    StartDBInstance: startDbInstance(instances),
    StopDBInstance: stopDbInstance(instances),
  };
}
