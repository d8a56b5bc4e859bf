import { AwsError } from "../../runtime/error.ts";
import { Journal } from "../../runtime/journal.ts";
import { nameOf, serviceArn } from "./arns.ts";
import { EcsService, type EcsServiceOptions, type ServiceState } from "./ecs-service.ts";
import type { ServiceSettings } from "./service-settings.ts";
import type { Task } from "./task.ts";
import type { TaskDefinition } from "./task-definition.ts";
import type { TaskDefinitions } from "./task-definitions.ts";

/** The services of all clusters. */
export class Services {
  readonly #services = new Map<string, EcsService>();
  readonly #states: Journal<ServiceState>;
  readonly #definitions: TaskDefinitions;
  readonly #options: Omit<EcsServiceOptions, "onChange">;
  #isResumed = false;

  /** @param path of the file that stores the state of each service. */
  constructor(path: string, definitions: TaskDefinitions, options: Omit<EcsServiceOptions, "onChange">) {
    this.#states = new Journal(path);
    this.#definitions = definitions;
    this.#options = options;
  }

  all(): EcsService[] {
    return [...this.#services.values()];
  }

  /** @param cluster name or ARN. */
  inCluster(cluster: string): EcsService[] {
    return this.all().filter(({ settings }) => nameOf(settings.clusterArn) === nameOf(cluster));
  }

  /**
   * By cluster and service, each by its name or ARN.
   *
   * @throws AwsError `ServiceNotFoundException`.
   */
  get(cluster: string, name: string): EcsService {
    const service = this.#services.get(serviceArn(cluster, name));
    if (!service) throw new AwsError("ServiceNotFoundException", `Service ${nameOf(name)} not found.`);
    return service;
  }

  /**
   * A task by its ID or ARN, and the service that it belongs to.
   *
   * @throws AwsError `InvalidParameterException`.
   */
  getTask(cluster: string, id: string): { service: EcsService; task: Task } {
    for (const service of this.inCluster(cluster)) {
      const task = service.tasks.find((candidate) => candidate.id === nameOf(id));
      if (task) return { service, task };
    }
    throw new AwsError("InvalidParameterException", "The referenced task was not found.");
  }

  /**
   * Creates or updates a service. After a restart of the local AWS, a service runs the same task definition as before.
   *
   * @throws AwsError when the deployment failed and `waitUntilSteady` is set.
   */
  async put(settings: ServiceSettings, waitUntilSteady: boolean): Promise<void> {
    const service = this.#services.get(settings.arn);
    const definition = this.#definitions.get(settings.taskDefinition);
    if (!service) this.#services.set(settings.arn, this.#create(settings, definition));
    else {
      const previousDefinition = service.settings.taskDefinition;
      service.settings = settings;
      if (service.desiredCount !== settings.desiredCount) service.scale(settings.desiredCount);
      const isNew = previousDefinition !== definition.arn || service.primary.definition.arn !== definition.arn;
      if (isNew) service.deploy(definition);
    }
    // While the local AWS starts, the services that the tasks call may not run yet.
    if (this.#isResumed && waitUntilSteady) await this.#services.get(settings.arn)?.steady();
  }

  async remove(arn: string): Promise<void> {
    const service = this.#services.get(arn);
    this.#services.delete(arn);
    this.#states.delete(arn);
    await service?.close();
  }

  /** Call when all recorded resources are started. Resolves when each service is steady, or has failed to become so. */
  async resume(): Promise<void> {
    this.#isResumed = true;
    await Promise.allSettled(this.all().map((service) => service.steady()));
  }

  async close(): Promise<void> {
    await Promise.all(this.all().map((service) => service.close()));
    this.#states.close();
  }

  #create(settings: ServiceSettings, definition: TaskDefinition): EcsService {
    const state = this.#states.get(settings.arn);
    const completed = state && this.#definitions.find(state.taskDefinition);
    return new EcsService(settings, state?.desiredCount ?? settings.desiredCount, completed ?? definition, {
      ...this.#options,
      onChange: (changed) => this.#states.set(settings.arn, changed),
    });
  }
}
