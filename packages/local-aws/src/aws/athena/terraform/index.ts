import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { AthenaContext } from "../operations/context.ts";
import { namedQueryResource } from "./named-query.ts";
import { workgroupResource } from "./workgroup.ts";

export function athenaTerraform(context: AthenaContext): TerraformParts {
  return { resources: [namedQueryResource(context), workgroupResource(context)] };
}
