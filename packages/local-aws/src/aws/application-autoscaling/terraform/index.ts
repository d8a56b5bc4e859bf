import type { TerraformParts } from "../../../provider/resource.ts";
import type { ScalableTargets } from "../scalable-targets.ts";
import type { ScalingPolicies } from "../scaling-policies.ts";
import { policy } from "./policy.ts";
import { target } from "./target.ts";

export interface TerraformDependencies {
  readonly targets: ScalableTargets;
  readonly policies: ScalingPolicies;
}

export function applicationAutoscalingTerraform({ targets, policies }: TerraformDependencies): TerraformParts {
  return { resources: [target(targets, policies), policy(policies)] };
}
