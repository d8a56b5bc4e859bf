import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy/index.js";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import type { PublicLoadBalancer } from "../constructs/public-load-balancer.ts";
import type { ContainerService } from "./container-service.ts";

export interface RequestScalingProps {
  readonly service: ContainerService;
  readonly clusterName: string;
  readonly balancer: PublicLoadBalancer;
  readonly copies: { readonly minimum: number; readonly maximum: number };
  /** A minute, for each copy. */
  readonly requestsPerTarget: number;
  /** Seconds after a change before the next one in the same direction. */
  readonly cooldown: number;
}

/** As many copies of a service as its requests need. */
export class RequestScaling extends Construct {
  constructor(scope: Construct, id: string, props: RequestScalingProps) {
    super(scope, id);
    const { service, balancer, copies, cooldown } = props;
    const target = new AppautoscalingTarget(this, "Target", {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: `service/${props.clusterName}/${service.name}`,
      minCapacity: copies.minimum,
      maxCapacity: copies.maximum,
      dependsOn: [service.resource],
    });
    new AppautoscalingPolicy(this, "Policy", {
      name: BaseStack.of(this).physicalName("scalingPolicy", "requests-per-target"),
      policyType: "TargetTrackingScaling",
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
      targetTrackingScalingPolicyConfiguration: {
        targetValue: props.requestsPerTarget,
        scaleInCooldown: cooldown,
        scaleOutCooldown: cooldown,
        predefinedMetricSpecification: {
          predefinedMetricType: "ALBRequestCountPerTarget",
          resourceLabel: `${balancer.arnSuffix}/${service.targets.arnSuffix}`,
        },
      },
    });
  }
}
