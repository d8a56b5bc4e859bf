import type { TerraformParts } from "../../../provider/resource-handler.ts";
import { appResource } from "./app.ts";
import { deploymentGroupResource } from "./deployment-group.ts";

export const codedeployTerraform: TerraformParts = {
  resources: [appResource, deploymentGroupResource],
};
