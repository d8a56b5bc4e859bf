import type { TerraformParts } from "../../provider/resource-handler.ts";
import { route53Terraform } from "./terraform/index.ts";

/** Route 53 without an API: zones and records are only recorded. */
export class Route53 {
  readonly terraform: TerraformParts = route53Terraform;
}
