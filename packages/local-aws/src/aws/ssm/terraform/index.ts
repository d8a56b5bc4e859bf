import type { TerraformParts } from "../../../provider/resource.ts";
import { ssmParameter } from "./parameter.ts";

export const ssmTerraform: TerraformParts = {
  resources: [ssmParameter],
};
