import type { TerraformParts } from "../../provider/resource-handler.ts";
import { ssmTerraform } from "./terraform/index.ts";

/** Systems Manager without an API: parameters are only recorded. */
export class Ssm {
  readonly terraform: TerraformParts = ssmTerraform;
}
