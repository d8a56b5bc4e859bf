import type { TerraformParts } from "../../../provider/resource-handler.ts";
import { parameterResource } from "./parameter.ts";

export const ssmTerraform: TerraformParts = {
  resources: [parameterResource],
};
