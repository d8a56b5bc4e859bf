import { block, number, text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { arn } from "../../../runtime/account.ts";
import { AwsError } from "../../../runtime/error.ts";
import type { ScalingPolicies, ScalingPolicy } from "../scaling-policies.ts";

const DEFAULT_COOLDOWN_SECONDS = 300;

export function policyResource(policies: ScalingPolicies): ResourceHandler {
  return {
    type: "aws_appautoscaling_policy",
    create: ({ name }) => ({ id: text(name), arn: arn("autoscaling", `scalingPolicy:${text(name)}`) }),
    start: (attributes) => policies.put(policyOf(attributes)),
    delete: ({ resource_id }) => policies.delete(text(resource_id)),
  };
}

function policyOf(attributes: Attributes): ScalingPolicy {
  const configuration = block(attributes.target_tracking_scaling_policy_configuration);
  const metric = block(configuration.predefined_metric_specification);
  if (metric.predefined_metric_type !== "ALBRequestCountPerTarget") {
    throw new AwsError("ValidationException", "The local AWS supports scaling by ALBRequestCountPerTarget only.");
  }
  return {
    name: text(attributes.name),
    resourceId: text(attributes.resource_id),
    targetGroupArn: arn("elasticloadbalancing", targetGroupOf(text(metric.resource_label))),
    tracking: {
      target: number(configuration.target_value, 1),
      scaleOutCooldown: number(configuration.scale_out_cooldown, DEFAULT_COOLDOWN_SECONDS),
      scaleInCooldown: number(configuration.scale_in_cooldown, DEFAULT_COOLDOWN_SECONDS),
    },
  };
}

/** The part of `app/<load balancer>/<id>/targetgroup/<target group>/<id>` that identifies the target group. */
function targetGroupOf(resourceLabel: string): string {
  return /targetgroup\/.+$/.exec(resourceLabel)?.[0] ?? "";
}
