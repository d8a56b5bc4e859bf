import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { GlueContext } from "../operations/context.ts";
import { catalogDatabaseResource } from "./catalog-database.ts";
import { catalogTableResource } from "./catalog-table.ts";

export function glueTerraform(context: GlueContext): TerraformParts {
  return { resources: [catalogDatabaseResource(context), catalogTableResource(context)] };
}
