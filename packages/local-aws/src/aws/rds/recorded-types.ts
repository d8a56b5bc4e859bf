import type { ResourceHandler } from "../../provider/resource.ts";
import { dbOptionGroup } from "./terraform/db-option-group.ts";
import { dbSubnetGroup } from "./terraform/db-subnet-group.ts";
import { rdsCluster } from "./terraform/rds-cluster.ts";

/** Resource types of which nothing lives on this machine: they are recorded, with ids and ARNs of the right form. */
export const rdsRecordedTypes: readonly ResourceHandler[] = [dbOptionGroup, dbSubnetGroup, rdsCluster];
