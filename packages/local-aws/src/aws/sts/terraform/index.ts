import type { TerraformParts } from "../../../provider/resource-handler.ts";
import { callerIdentityDataSource } from "./caller-identity.ts";
import { partitionDataSource } from "./partition.ts";
import { regionDataSource } from "./region.ts";

export const stsTerraform: TerraformParts = {
  dataSources: [callerIdentityDataSource, partitionDataSource, regionDataSource],
};
