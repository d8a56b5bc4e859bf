import type { TerraformParts } from "../../provider/resource-handler.ts";
import { codebuildTerraform } from "./terraform/index.ts";

/** CodeBuild without an API: projects are only recorded. */
export class CodeBuild {
  readonly terraform: TerraformParts = codebuildTerraform;
}
