import { number, text } from "../../../provider/attributes.ts";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import { arn } from "../../../runtime/account.ts";
import { AwsError } from "../../../runtime/error.ts";
import type { ScalableTargets } from "../scalable-targets.ts";
import type { ScalingPolicies } from "../scaling-policies.ts";

export function targetResource(targets: ScalableTargets, policies: ScalingPolicies): ResourceHandler {
  return {
    type: "aws_appautoscaling_target",
    create: ({ resource_id, scalable_dimension }) => ({
      id: text(resource_id),
      arn: arn("application-autoscaling", `scalable-target/${text(scalable_dimension)}`),
    }),
    start(attributes) {
      const { service_namespace, resource_id, min_capacity, max_capacity } = attributes;
      if (service_namespace !== "ecs") {
        throw new AwsError("ValidationException", "The local AWS supports scaling of ECS services only.");
      }
      const resourceId = text(resource_id);
      targets.put({ resourceId, minimum: number(min_capacity, 0), maximum: number(max_capacity, 0) });
      policies.applyLimits(resourceId);
    },
    delete: ({ resource_id }) => targets.delete(text(resource_id)),
  };
}
