import type { TerraformParts } from "../../../provider/resource.ts";
import { codebuildProject } from "./project.ts";

export const codebuildTerraform: TerraformParts = {
  resources: [codebuildProject],
};
