import type { TerraformParts } from "../../provider/resource-handler.ts";
import { kmsTerraform } from "./terraform/index.ts";

/** KMS without an API: keys and aliases are only recorded. */
export class Kms {
  readonly terraform: TerraformParts = kmsTerraform;
}
