import type { Operation } from "../../../gateway/protocol.ts";
import type { ApplicationAutoscalingContext } from "./context.ts";
import { describeScalableTargets } from "./describe-scalable-targets.ts";
import { describeScalingActivities } from "./describe-scaling-activities.ts";

export function applicationAutoscalingOperations(
  context: ApplicationAutoscalingContext,
): Readonly<Record<string, Operation>> {
  return {
    DescribeScalableTargets: describeScalableTargets(context),
    DescribeScalingActivities: describeScalingActivities(context),
  };
}
