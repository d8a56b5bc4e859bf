import type { TerraformParts } from "../../../provider/resource.ts";
import { callerIdentity } from "./caller-identity.ts";
import { partition } from "./partition.ts";
import { region } from "./region.ts";

export const stsTerraform: TerraformParts = { dataSources: [callerIdentity, partition, region] };
