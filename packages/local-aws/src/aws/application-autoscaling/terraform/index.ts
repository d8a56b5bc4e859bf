import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { ScalableTargets } from "../scalable-targets.ts";
import type { ScalingPolicies } from "../scaling-policies.ts";
import { policyResource } from "./policy.ts";
import { targetResource } from "./target.ts";

export interface TerraformDependencies {
  readonly targets: ScalableTargets;
  readonly policies: ScalingPolicies;
}

export function applicationAutoscalingTerraform({ targets, policies }: TerraformDependencies): TerraformParts {
  return { resources: [targetResource(targets, policies), policyResource(policies)] };
}
