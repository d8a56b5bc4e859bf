import type { TerraformParts } from "../../provider/resource-handler.ts";
import { acmTerraform } from "./terraform/index.ts";

/** ACM without an API: certificates are only recorded. */
export class Acm {
  readonly terraform: TerraformParts = acmTerraform;
}
