import { join } from "node:path";
import { type Access, jsonService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource.ts";
import { arn } from "../../runtime/account.ts";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import { Journal } from "../../runtime/journal.ts";
import type { Ports } from "../../runtime/ports.ts";
import type { Processes } from "../../runtime/processes.ts";
import type { Ecr } from "../ecr/ecr.ts";
import type { TargetRegistry } from "../elastic-load-balancing/target-registry.ts";
import type { SessionCredentials } from "../iam/access-control.ts";
import type { LogSink } from "../logs/log-sink.ts";
import { ContainerRoots } from "./container-roots.ts";
import { EcsService, type ServiceState } from "./ecs-service.ts";
import { nameOf, type ServiceSettings, type TaskDefinition } from "./model.ts";
import { ecsOperations } from "./operations.ts";
import { TaskRunner } from "./task-runner.ts";
import { ecsTerraform } from "./terraform.ts";

export interface EcsOptions {
  /** Where images are laid out, and what services run is kept. */
  readonly directory: string;
  readonly access: Access;
  readonly processes: Processes;
  readonly ports: Ports;
  readonly logs: LogSink;
  readonly images: Pick<Ecr, "pull">;
  readonly targets: TargetRegistry;
  readonly clock: Clock;
  readonly credentialsFor: (roleArn: string, sessionName: string) => SessionCredentials;
  /** URL of the gateway. */
  readonly endpoint: () => string;
  /** Milliseconds of a second, for tests of what AWS counts in seconds. */
  readonly second?: number;
}

/** ECS on Fargate: tasks are processes of this machine, kept running, deployed and scaled as services are. */
export class Ecs {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly clusters = new Map<string, string>();
  readonly #options: EcsOptions;
  readonly #runner: TaskRunner;
  readonly #services = new Map<string, EcsService>();
  /** Definitions are kept when Terraform replaces them: a service may have to go back to one. */
  readonly #definitions: Journal<TaskDefinition>;
  readonly #states: Journal<ServiceState>;
  #isResumed = false;

  constructor(options: EcsOptions) {
    const { access, directory } = options;
    this.#options = options;
    this.#definitions = new Journal(join(directory, "task-definitions.jsonl"));
    this.#states = new Journal(join(directory, "services.jsonl"));
    const roots = new ContainerRoots(join(directory, "images"));
    this.#runner = new TaskRunner({ ...options, ...access, roots });
    this.service = jsonService(
      {
        signingName: "ecs",
        target: "AmazonEC2ContainerServiceV20141113",
        jsonVersion: "1.1",
        operations: ecsOperations(this),
      },
      access,
    );
    this.terraform = ecsTerraform(this);
  }

  get services(): EcsService[] {
    return [...this.#services.values()];
  }

  /** By cluster and service, each by its name or ARN. @throws AwsError `ServiceNotFoundException`. */
  find(cluster: string, name: string): EcsService {
    const service = this.#services.get(serviceArn(cluster, name));
    if (!service) throw new AwsError("ServiceNotFoundException", `Service ${nameOf(name)} not found.`);
    return service;
  }

  nextRevision(family: string): number {
    const revisions = this.#definitions.values().filter((definition) => definition.family === family);
    return Math.max(0, ...revisions.map(({ revision }) => revision)) + 1;
  }

  putDefinition(definition: TaskDefinition): void {
    this.#definitions.set(definition.arn, definition);
  }

  /** By ARN, `family:revision`, or family for the newest. @throws AwsError `ClientException`. */
  definition(name: string): TaskDefinition {
    const wanted = nameOf(name);
    const found = this.#definitions
      .values()
      .filter(({ family, revision }) => wanted === family || wanted === `${family}:${revision}`)
      .toSorted((one, other) => other.revision - one.revision)[0];
    if (!found) throw new AwsError("ClientException", "Unable to describe task definition.");
    return found;
  }

  /** Runs a service as it is recorded. What it ran before the stand-in was started anew it runs again. */
  async put(settings: ServiceSettings, waitUntilSteady: boolean): Promise<void> {
    const running = this.#services.get(settings.arn);
    const definition = this.definition(settings.taskDefinition);
    if (!running) this.#services.set(settings.arn, this.#create(settings, definition));
    else {
      const before = running.settings.taskDefinition;
      running.settings = settings;
      if (running.desiredCount !== settings.desiredCount) running.scale(settings.desiredCount);
      const isNew = before !== definition.arn || running.primary.definition.arn !== definition.arn;
      if (isNew) running.deploy(definition);
    }
    // at the start of the stand-in, what tasks call may not be there yet
    if (this.#isResumed && waitUntilSteady) await this.#services.get(settings.arn)?.steady();
  }

  async remove(serviceArnOrId: string): Promise<void> {
    const service = this.#services.get(serviceArnOrId);
    this.#services.delete(serviceArnOrId);
    this.#states.delete(serviceArnOrId);
    await service?.close();
  }

  /** Call when everything recorded is started; resolves when the services are there, or when it is clear that they are not. */
  async resume(): Promise<void> {
    this.#isResumed = true;
    await Promise.allSettled(this.services.map((service) => service.steady()));
  }

  async close(): Promise<void> {
    await Promise.all(this.services.map((service) => service.close()));
    this.#definitions.close();
    this.#states.close();
  }

  #create(settings: ServiceSettings, definition: TaskDefinition): EcsService {
    const { targets, clock, second = 1_000 } = this.#options;
    const kept = this.#states.get(settings.arn);
    const completed = kept && this.#definitions.get(kept.taskDefinition);
    const onChange = (state: ServiceState) => this.#states.set(settings.arn, state);
    const desiredCount = kept?.desiredCount ?? settings.desiredCount;
    const options = { runner: this.#runner, targets, clock, second, onChange };
    return new EcsService(settings, desiredCount, completed ?? definition, options);
  }
}

export const clusterArn = (name: string): string => arn("ecs", `cluster/${nameOf(name)}`);
export const serviceArn = (cluster: string, name: string): string =>
  arn("ecs", `service/${nameOf(cluster)}/${nameOf(name)}`);
export const taskArn = (cluster: string, id: string): string => arn("ecs", `task/${nameOf(cluster)}/${nameOf(id)}`);
