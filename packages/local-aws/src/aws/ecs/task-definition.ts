import { number, optionalText, text } from "../../provider/attributes.ts";
import type { Attributes } from "../../provider/resource-handler.ts";
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
  /** MiB. */
  /** CPU units, of which 1,024 are one CPU. */
  readonly cpu: number | undefined;
  readonly memory: number | undefined;
}

/**
 * Reads an `aws_ecs_task_definition`.
 *
 * @throws AwsError `ClientException` for what the local AWS cannot run.
 */
export function taskDefinitionOf(attributes: Attributes): TaskDefinition {
  const containers = JSON.parse(text(attributes.container_definitions)) as ContainerDefinition[];
  const [container, ...more] = containers;
  if (!container || more.length > 0) {
    throw new AwsError(
      "ClientException",
      `The local AWS runs tasks with exactly one container, not ${containers.length}.`,
    );
  }
  if ((container.secrets ?? []).length > 0) {
    throw new AwsError(
      "ClientException",
      "The local AWS does not inject secrets into containers. Read them with the AWS SDK instead.",
    );
  }
  return {
    arn: text(attributes.arn),
    family: text(attributes.family),
    revision: number(attributes.revision, 1),
    container,
    taskRoleArn: optionalText(attributes.task_role_arn),
    executionRoleArn: optionalText(attributes.execution_role_arn),
    cpu: optionalNumber(attributes.cpu),
    memory: optionalNumber(attributes.memory),
  };
}

/** Terraform has these numbers as text. */
function optionalNumber(value: unknown): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}
