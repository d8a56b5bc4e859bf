import type { TerraformParts } from "../../../provider/resource.ts";
import { kinesisStream } from "./stream.ts";

export const kinesisTerraform: TerraformParts = {
  resources: [kinesisStream],
};
