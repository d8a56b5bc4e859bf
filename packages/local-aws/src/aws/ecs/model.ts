import { block, number, optionalText, text } from "../../provider/attributes.ts";
import type { Attributes } from "../../provider/resource.ts";
import { AwsError } from "../../runtime/error.ts";

/** One container of a task, in the JSON form of a task definition. */
export interface ContainerDefinition {
  readonly name: string;
  readonly image: string;
  readonly entryPoint?: readonly string[];
  readonly command?: readonly string[];
  readonly workingDirectory?: string;
  readonly environment?: readonly { readonly name: string; readonly value: string }[];
  readonly portMappings?: readonly { readonly containerPort: number }[];
  /** Seconds. */
  readonly stopTimeout?: number;
  readonly secrets?: readonly unknown[];
  readonly logConfiguration?: { readonly logDriver: string; readonly options?: Readonly<Record<string, string>> };
}

export interface TaskDefinition {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  readonly container: ContainerDefinition;
  readonly taskRoleArn: string | undefined;
  readonly executionRoleArn: string | undefined;
  /** MB. */
  readonly memory: number | undefined;
}

/** @throws AwsError `ClientException` for what the stand-in cannot run. */
export function taskDefinitionOf(attributes: Attributes): TaskDefinition {
  const containers = JSON.parse(text(attributes.container_definitions)) as ContainerDefinition[];
  const [container, ...more] = containers;
  if (!container || more.length > 0) {
    throw new AwsError("ClientException", "The local stand-in runs tasks of one container.");
  }
  if ((container.secrets ?? []).length > 0) {
    throw new AwsError("ClientException", "The local stand-in puts no secrets into containers; read them by the SDK.");
  }
  return {
    arn: text(attributes.arn),
    family: text(attributes.family),
    revision: number(attributes.revision, 1),
    container,
    taskRoleArn: optionalText(attributes.task_role_arn),
    executionRoleArn: optionalText(attributes.execution_role_arn),
    memory: attributes.memory === null ? undefined : Number(attributes.memory),
  };
}

/** Where the tasks of a service get their requests from. */
export interface ServiceTargets {
  readonly targetGroupArn: string;
  readonly containerPort: number;
}

export interface ServiceSettings {
  readonly arn: string;
  readonly name: string;
  readonly clusterArn: string;
  readonly taskDefinition: string;
  readonly desiredCount: number;
  readonly targets: readonly ServiceTargets[];
  /** Percent of the desired count. */
  readonly minimumHealthy: number;
  readonly maximum: number;
  readonly circuitBreaker: { readonly enable: boolean; readonly rollback: boolean };
  /** Seconds after its start in which a task's health does not count. */
  readonly gracePeriod: number;
}

export function serviceOf(attributes: Attributes): ServiceSettings {
  const breaker = block(attributes.deployment_circuit_breaker);
  const balancers = Array.isArray(attributes.load_balancer) ? (attributes.load_balancer as Attributes[]) : [];
  return {
    arn: text(attributes.arn) || text(attributes.id),
    name: text(attributes.name),
    clusterArn: text(attributes.cluster),
    taskDefinition: text(attributes.task_definition),
    desiredCount: number(attributes.desired_count, 0),
    targets: balancers.map(({ target_group_arn, container_port }) => ({
      targetGroupArn: text(target_group_arn),
      containerPort: number(container_port, 80),
    })),
    minimumHealthy: number(attributes.deployment_minimum_healthy_percent, 100),
    maximum: number(attributes.deployment_maximum_percent, 200),
    circuitBreaker: { enable: breaker.enable === true, rollback: breaker.rollback === true },
    gracePeriod: number(attributes.health_check_grace_period_seconds, 0),
  };
}

/** The last part of an ARN, or the name itself. */
export const nameOf = (arnOrName: string): string => arnOrName.split("/").at(-1) ?? arnOrName;
