import type { Authorize, Credentials } from "../../gateway/service.ts";
import { Program } from "../../processes/program.ts";
import { REGION } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";
import type { Ports } from "../../runtime/ports.ts";
import type { Processes } from "../../runtime/processes.ts";
import type { Ecr } from "../ecr/ecr.ts";
import type { Image } from "../ecr/image.ts";
import { parseImageUri } from "../ecr/image-uri.ts";
import { repositoryArn } from "../ecr/repositories.ts";
import type { SessionCredentials } from "../iam/access-control.ts";
import type { LogSink } from "../logs/log-sink.ts";
import type { ContainerRoots } from "./container-roots.ts";
import type { StartedTask, Task } from "./task.ts";
import type { ContainerDefinition, TaskDefinition } from "./task-definition.ts";

export interface TaskRunnerOptions {
  readonly processes: Processes;
  readonly ports: Pick<Ports, "claim" | "release">;
  readonly logs: LogSink;
  readonly images: Pick<Ecr, "pull">;
  readonly roots: ContainerRoots;
  readonly credentials: Credentials;
  readonly authorize: Authorize;
  readonly credentialsFor: (roleArn: string, sessionName: string) => SessionCredentials;
  /** URL of the gateway, for the AWS SDK in the tasks. */
  readonly endpoint: () => string;
  /** Address of the X-Ray daemon, which on AWS runs beside the task. */
  readonly xrayDaemon?: () => string | undefined;
}

/**
 * Starts tasks as ECS does: the image is pulled with the execution role, and the program runs with the credentials of
 * the task role.
 */
export class TaskRunner {
  readonly #options: TaskRunnerOptions;

  constructor(options: TaskRunnerOptions) {
    this.#options = options;
  }

  /** @throws AwsError `CannotPullContainerError`, or ProgramError for a program that this machine cannot run. */
  async start({ id, definition }: Task): Promise<StartedTask> {
    const { container } = definition;
    const image = this.#pull(definition, id);
    const root = await this.#options.roots.rootOf(image);
    const ports: Record<number, number> = {};
    for (const { containerPort } of container.portMappings ?? []) {
      ports[containerPort] = await this.#options.ports.claim(portName(id, containerPort));
    }
    const program = Program.start(this.#options.processes, {
      root,
      command: commandOf(container, image),
      workingDirectory: container.workingDirectory ?? (image.config.WorkingDir || "/"),
      environment: { ...imageVariables(image), ...this.#variables(definition, id) },
      ports,
      memory: definition.memory,
      onLine: this.#log(container, id),
    });
    const release = () => {
      for (const port of Object.keys(ports)) this.#options.ports.release(portName(id, Number(port)));
    };
    void program.exited.then(release);
    return { program, ports };
  }

  #pull({ container, executionRoleArn }: TaskDefinition, id: string): Image {
    if (executionRoleArn === undefined) {
      throw new AwsError("CannotPullContainerError", "CannotPullContainerError: the task has no execution role");
    }
    const { accessKeyId } = this.#options.credentialsFor(executionRoleArn, id);
    const caller = this.#options.credentials.find(accessKeyId)?.caller;
    if (caller) {
      this.#options.authorize(caller, "ecr:BatchGetImage", repositoryArn(parseImageUri(container.image).repository));
    }
    return this.#options.images.pull(container.image);
  }

  #variables({ container, taskRoleArn }: TaskDefinition, id: string): Record<string, string> {
    const configured = Object.fromEntries((container.environment ?? []).map(({ name, value }) => [name, value]));
    const xrayDaemon = this.#options.xrayDaemon?.();
    const role = taskRoleArn === undefined ? undefined : this.#options.credentialsFor(taskRoleArn, id);
    return {
      AWS_REGION: REGION,
      ...(xrayDaemon !== undefined && { AWS_XRAY_DAEMON_ADDRESS: xrayDaemon }),
      ...configured,
      // Fargate serves the credentials over HTTP, and the SDK finds the public endpoints of AWS by itself.
      ...(role && {
        AWS_ACCESS_KEY_ID: role.accessKeyId,
        AWS_SECRET_ACCESS_KEY: role.secretAccessKey,
        AWS_SESSION_TOKEN: role.sessionToken,
      }),
      AWS_ENDPOINT_URL: this.#options.endpoint(),
    };
  }

  #log({ name, logConfiguration }: ContainerDefinition, id: string): (line: string) => void {
    const options = logConfiguration?.logDriver === "awslogs" ? logConfiguration.options : undefined;
    const group = options?.["awslogs-group"];
    if (group === undefined) return () => {};
    const stream = `${options?.["awslogs-stream-prefix"] ?? "ecs"}/${name}/${id}`;
    return (line) => this.#options.logs.write(group, stream, [line]);
  }
}

/** The container definition overrides the image, with the rules of Docker. */
function commandOf({ entryPoint, command }: ContainerDefinition, { config }: Image): string[] {
  if (entryPoint) return [...entryPoint, ...(command ?? [])];
  return [...(config.Entrypoint ?? []), ...(command ?? config.Cmd ?? [])];
}

function imageVariables({ config }: Image): Record<string, string> {
  return Object.fromEntries((config.Env ?? []).map((pair) => pair.split(/=(.*)/s).slice(0, 2)));
}

const portName = (taskId: string, port: number): string => `ecs/${taskId}/${port}`;
