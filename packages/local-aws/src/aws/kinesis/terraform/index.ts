import type { TerraformParts } from "../../../provider/resource.ts";
import { streamResource } from "./stream.ts";

export const kinesisTerraform: TerraformParts = {
  resources: [streamResource],
};
