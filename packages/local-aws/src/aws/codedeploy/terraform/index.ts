import type { TerraformParts } from "../../../provider/resource.ts";
import { codedeployApp } from "./app.ts";
import { codedeployDeploymentGroup } from "./deployment-group.ts";

export const codedeployTerraform: TerraformParts = {
  resources: [codedeployApp, codedeployDeploymentGroup],
};
