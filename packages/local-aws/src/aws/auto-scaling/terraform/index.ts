import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { LaunchTemplates } from "../../ec2/launch-templates.ts";
import type { AutoScalingGroups } from "../auto-scaling-groups.ts";
import { groupResource } from "./group.ts";

export interface TerraformDependencies {
  readonly groups: AutoScalingGroups;
  readonly templates: LaunchTemplates;
}

export function autoScalingTerraform({ groups, templates }: TerraformDependencies): TerraformParts {
  return { resources: [groupResource(groups, templates)] };
}
