import type { ScalableTargets } from "../scalable-targets.ts";
import type { ScalingPolicies } from "../scaling-policies.ts";

/** The dependencies of the operations. */
export interface ApplicationAutoscalingContext {
  readonly targets: ScalableTargets;
  readonly policies: ScalingPolicies;
}
