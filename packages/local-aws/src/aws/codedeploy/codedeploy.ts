import type { TerraformParts } from "../../provider/resource-handler.ts";
import { codedeployTerraform } from "./terraform/index.ts";

/** CodeDeploy without an API: applications and deployment groups are only recorded. */
export class CodeDeploy {
  readonly terraform: TerraformParts = codedeployTerraform;
}
