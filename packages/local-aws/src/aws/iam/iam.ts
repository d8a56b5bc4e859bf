import type { TerraformParts } from "../../provider/resource-handler.ts";
import { InstanceProfiles } from "./instance-profiles.ts";
import { iamTerraform } from "./terraform/index.ts";

/** IAM without an API: resources are created by Terraform, and `AccessControl` evaluates the recorded policies. */
export class Iam {
  readonly instanceProfiles = new InstanceProfiles();
  readonly terraform: TerraformParts = iamTerraform(this.instanceProfiles);
}
