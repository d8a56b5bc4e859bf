import type { TerraformParts } from "../../../provider/resource.ts";
import { kmsAlias } from "./alias.ts";
import { kmsKey } from "./key.ts";

export const kmsTerraform: TerraformParts = {
  resources: [kmsAlias, kmsKey],
};
