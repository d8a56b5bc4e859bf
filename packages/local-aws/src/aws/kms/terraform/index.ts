import type { TerraformParts } from "../../../provider/resource-handler.ts";
import { aliasResource } from "./alias.ts";
import { keyResource } from "./key.ts";

export const kmsTerraform: TerraformParts = {
  resources: [aliasResource, keyResource],
};
