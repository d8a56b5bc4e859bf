import type { TerraformParts } from "../../../provider/resource.ts";
import { projectResource } from "./project.ts";

export const codebuildTerraform: TerraformParts = {
  resources: [projectResource],
};
