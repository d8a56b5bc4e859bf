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
  readonly tasks: { readonly minimum: number; readonly maximum: number };
  /** Requests per minute and task. */
  readonly requestsPerTarget: number;
  /** In seconds, in both directions. */
  readonly cooldown: number;
}

/** Target tracking of the number of requests per task. */
export class RequestScaling extends Construct {
  constructor(scope: Construct, id: string, props: RequestScalingProps) {
    super(scope, id);
    const { service, balancer, tasks, cooldown } = props;
    const target = new AppautoscalingTarget(this, "Target", {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: `service/${props.clusterName}/${service.name}`,
      minCapacity: tasks.minimum,
      maxCapacity: tasks.maximum,
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
