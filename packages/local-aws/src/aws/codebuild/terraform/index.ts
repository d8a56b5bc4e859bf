import type { TerraformParts } from "../../../provider/resource-handler.ts";
import { projectResource } from "./project.ts";

export const codebuildTerraform: TerraformParts = {
  resources: [projectResource],
};
