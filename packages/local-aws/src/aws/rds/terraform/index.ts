import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { ManagedSecrets } from "../../secrets-manager/managed-secrets.ts";
import type { RandomInteger } from "../../secrets-manager/random-integer.ts";
import type { DbInstances } from "../db-instances.ts";
import { clusterResource } from "./cluster.ts";
import { dbInstanceDataSource, dbInstanceResource } from "./db-instance.ts";
import { dbOptionGroupResource } from "./db-option-group.ts";
import { dbParameterGroupResource } from "./db-parameter-group.ts";
import { dbSubnetGroupResource } from "./db-subnet-group.ts";

export function rdsTerraform(instances: DbInstances, secrets: ManagedSecrets, random: RandomInteger): TerraformParts {
  return {
    resources: [
      clusterResource,
      dbInstanceResource(instances, secrets, random),
      dbOptionGroupResource,
      dbParameterGroupResource(instances),
      dbSubnetGroupResource,
    ],
    dataSources: [dbInstanceDataSource(instances)],
  };
}
