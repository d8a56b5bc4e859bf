import type { TerraformParts } from "../../provider/resource.ts";
import { acmTerraform } from "./terraform/index.ts";

/** ACM without an API: certificates are only recorded. */
export class Acm {
  readonly terraform: TerraformParts = acmTerraform;
}
