import type { Operation } from "../../../gateway/protocol.ts";
import type { ScalableTargets } from "../scalable-targets.ts";
import type { ScalingPolicies } from "../scaling-policies.ts";
import { describeScalableTargets } from "./describe-scalable-targets.ts";
import { describeScalingActivities } from "./describe-scaling-activities.ts";

export interface OperationDependencies {
  readonly targets: ScalableTargets;
  readonly policies: ScalingPolicies;
}

export function applicationAutoscalingOperations({
  targets,
  policies,
}: OperationDependencies): Readonly<Record<string, Operation>> {
  return {
    DescribeScalableTargets: describeScalableTargets(targets),
    DescribeScalingActivities: describeScalingActivities(policies),
  };
}
