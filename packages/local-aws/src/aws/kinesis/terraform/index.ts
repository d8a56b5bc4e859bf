import type { TerraformParts } from "../../../provider/resource-handler.ts";
import { streamResource } from "./stream.ts";

export const kinesisTerraform: TerraformParts = {
  resources: [streamResource],
};
