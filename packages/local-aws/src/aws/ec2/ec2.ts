import type { TerraformParts } from "../../provider/resource-handler.ts";
import { LaunchTemplates } from "./launch-templates.ts";
import { ec2Terraform } from "./terraform/index.ts";

/** EC2 without an API: Auto Scaling groups use the launch templates; all other resources are only recorded. */
export class Ec2 {
  readonly launchTemplates = new LaunchTemplates();
  readonly terraform: TerraformParts = ec2Terraform(this.launchTemplates);
}
