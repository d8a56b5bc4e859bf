import type { TerraformParts } from "../../../provider/resource.ts";
import { parameterResource } from "./parameter.ts";

export const ssmTerraform: TerraformParts = {
  resources: [parameterResource],
};
