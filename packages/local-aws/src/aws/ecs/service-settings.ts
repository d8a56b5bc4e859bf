import { block, blocks, number, text } from "../../provider/attributes.ts";
import type { Attributes } from "../../provider/resource-handler.ts";

/** A target group with which the tasks of a service are registered. */
export interface ServiceTargetGroup {
  readonly targetGroupArn: string;
  readonly containerPort: number;
}

/** The configuration of a service. */
export interface ServiceSettings {
  readonly arn: string;
  readonly name: string;
  readonly clusterArn: string;
  readonly taskDefinition: string;
  readonly desiredCount: number;
  readonly targetGroups: readonly ServiceTargetGroup[];
  /** Percent of the desired count that must stay healthy during a deployment. */
  readonly minimumHealthyPercent: number;
  /** Percent of the desired count that may run during a deployment. */
  readonly maximumPercent: number;
  readonly circuitBreaker: { readonly enable: boolean; readonly rollback: boolean };
  /** Seconds after the start of a task during which its health checks are ignored. */
  readonly healthCheckGracePeriod: number;
}

/** Reads an `aws_ecs_service`. */
export function serviceSettingsOf(attributes: Attributes): ServiceSettings {
  const circuitBreaker = block(attributes.deployment_circuit_breaker);
  return {
    arn: text(attributes.arn) || text(attributes.id),
    name: text(attributes.name),
    clusterArn: text(attributes.cluster),
    taskDefinition: text(attributes.task_definition),
    desiredCount: number(attributes.desired_count, 0),
    targetGroups: blocks(attributes.load_balancer).map(({ target_group_arn, container_port }) => ({
      targetGroupArn: text(target_group_arn),
      containerPort: number(container_port, 80),
    })),
    minimumHealthyPercent: number(attributes.deployment_minimum_healthy_percent, 100),
    maximumPercent: number(attributes.deployment_maximum_percent, 200),
    circuitBreaker: { enable: circuitBreaker.enable === true, rollback: circuitBreaker.rollback === true },
    healthCheckGracePeriod: number(attributes.health_check_grace_period_seconds, 0),
  };
}
