import { randomBytes, randomInt } from "node:crypto";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import { Membership } from "../elastic-load-balancing/membership.ts";
import type { TargetRegistry } from "../elastic-load-balancing/target-registry.ts";
import { Deployment } from "./deployment.ts";
import { isRolledOut, missingTasks, type ServiceTasks, surplusTasks } from "./reconciliation.ts";
import { Rollouts } from "./rollouts.ts";
import type { ServiceSettings } from "./service-settings.ts";
import { type StartedTask, Task } from "./task.ts";
import type { TaskDefinition } from "./task-definition.ts";
import type { TaskRunner } from "./task-runner.ts";

export interface EcsServiceOptions {
  readonly runner: TaskRunner;
  readonly targets: TargetRegistry;
  readonly clock: Clock;
  /** 1000, except in tests, which shorten all durations that AWS defines in seconds. */
  readonly millisecondsPerSecond: number;
  /** Called with the state to store when it changes. */
  readonly onChange: (state: ServiceState) => void;
}

/**
 * The part of a service that is also changed outside of Terraform, and is therefore stored in addition to its settings.
 */
export interface ServiceState {
  readonly desiredCount: number;
  /** ARN of the task definition of the last completed deployment. */
  readonly taskDefinition: string;
}

/** The address of every task. Tasks differ by their ports. */
const ADDRESS = "127.0.0.1";

/** Time between two reconciliations, during a change and in the steady state. */
const BUSY_SECONDS = 0.05;
const STEADY_INTERVAL_SECONDS = 1;

/** A task is registered with its target groups when its port is open, or after this time. */
const LISTEN_TIMEOUT_SECONDS = 30;

/**
 * Time before a failed task is started again, doubled with each failure.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html
 */
const RETRY_SECONDS = { first: 0.25, last: 60 } as const;

/** How long {@link EcsService.steady} waits. */
const STEADY_TIMEOUT_SECONDS = 120;

/** Keeps the desired number of tasks running, and deploys new task definitions. */
export class EcsService {
  settings: ServiceSettings;
  desiredCount: number;
  readonly #options: EcsServiceOptions;
  readonly #tasks = new Map<Task, Deployment>();
  readonly #stopping = new Set<Promise<void>>();
  readonly #rollouts: Rollouts;
  #timer: NodeJS.Timeout | undefined;
  #launchAfter = 0;
  #closed = false;

  constructor(settings: ServiceSettings, desiredCount: number, definition: TaskDefinition, options: EcsServiceOptions) {
    this.settings = settings;
    this.desiredCount = desiredCount;
    this.#options = options;
    this.#rollouts = new Rollouts(this.#newDeployment(definition));
    this.#reconcile();
  }

  get tasks(): Task[] {
    return [...this.#tasks.keys()];
  }

  get primary(): Deployment {
    return this.#rollouts.primary;
  }

  /** The primary deployment, then the others that have tasks. */
  get deployments(): { deployment: Deployment; tasks: Task[] }[] {
    const all = new Set([this.primary, ...this.#tasks.values()]);
    return [...all].map((deployment) => ({
      deployment,
      tasks: this.tasks.filter((task) => this.#tasks.get(task) === deployment),
    }));
  }

  /** Starts a deployment, which replaces all tasks even if the task definition is the same. */
  deploy(definition: TaskDefinition): void {
    this.#rollouts.start(this.#newDeployment(definition));
    this.#launchAfter = 0;
    this.#reconcile();
  }

  scale(desiredCount: number): void {
    this.desiredCount = desiredCount;
    this.#saveState();
    this.#reconcile();
  }

  /** Whether exactly the desired number of tasks runs, all of them healthy and of a completed deployment. */
  get isSteady(): boolean {
    return (
      this.primary.rolloutState === "COMPLETED" &&
      this.#tasks.size === this.desiredCount &&
      this.tasks.every((task) => task.isHealthy)
    );
  }

  /**
   * Resolves when the service is steady or closed.
   *
   * @throws AwsError `ServiceDeploymentFailed` when the deployment failed, even if the service rolled back to an
   * earlier one, and `ServiceNotSteady` after a timeout.
   */
  async steady(): Promise<void> {
    const deadline = performance.now() + this.#milliseconds(STEADY_TIMEOUT_SECONDS);
    for (;;) {
      const isFinal = this.isSteady || this.primary.rolloutState === "FAILED";
      const failure = isFinal ? this.#rollouts.takeFailure() : undefined;
      if (failure) throw failure;
      if (this.isSteady || this.#closed) return;
      if (performance.now() > deadline) {
        const last = this.primary.lastFailure && ` The last task stopped with: ${this.primary.lastFailure}`;
        throw new AwsError(
          "ServiceNotSteady",
          `The service ${this.settings.name} did not become steady within ${STEADY_TIMEOUT_SECONDS} seconds.${last}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, this.#milliseconds(BUSY_SECONDS)));
    }
  }

  /** Stops a task, which is replaced if the service needs it. Resolves when its process has ended. */
  async stopTask(task: Task, reason: string): Promise<void> {
    this.#tasks.delete(task);
    const stopping = task.stop(reason);
    this.#stopping.add(stopping);
    await stopping;
    this.#stopping.delete(stopping);
  }

  /** Stops all tasks. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const task of this.tasks) void this.stopTask(task, "Service is being deleted");
    await Promise.all(this.#stopping);
  }

  #milliseconds(seconds: number): number {
    return seconds * this.#options.millisecondsPerSecond;
  }

  #newDeployment(definition: TaskDefinition): Deployment {
    const id = String(randomInt(10 ** 12, 10 ** 13)).padEnd(19, "0");
    return new Deployment(id, definition, this.#options.clock.now());
  }

  /**
   * Compares the tasks with the desired state, starts and stops some, and schedules the next reconciliation. Never
   * waits.
   */
  #reconcile(): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#removeFailedTasks();
    if (this.#rollouts.checkCircuitBreaker(this.settings.circuitBreaker, this.desiredCount)) this.#launchAfter = 0;
    this.#launchMissingTasks();
    this.#stopSurplusTasks();
    if (this.primary.rolloutState === "IN_PROGRESS" && isRolledOut(this.#serviceTasks)) {
      this.#rollouts.completePrimary();
      this.#saveState();
    }
    const { isSteady } = this;
    if (isSteady) this.primary.failedTasks = 0;
    const seconds = isSteady ? STEADY_INTERVAL_SECONDS : BUSY_SECONDS;
    this.#timer = setTimeout(() => this.#reconcile(), this.#milliseconds(seconds)).unref();
  }

  /** Removes tasks that ended by themselves, and stops unhealthy ones. */
  #removeFailedTasks(): void {
    for (const [task, deployment] of this.#tasks) {
      if (task.status === "STOPPED") {
        this.#tasks.delete(task);
        this.#countFailure(deployment, task.stoppedReason);
      } else if (task.isUnhealthy(this.#milliseconds(this.settings.healthCheckGracePeriod))) {
        const targetGroupArn = this.settings.targetGroups[0]?.targetGroupArn;
        const reason = `Task failed ELB health checks in (target-group ${targetGroupArn})`;
        this.#countFailure(deployment, reason);
        void this.stopTask(task, reason);
      }
    }
  }

  #countFailure(deployment: Deployment, reason: string): void {
    deployment.countFailure(reason);
    // The first failure after a completed deployment is replaced immediately; only repeated failures are delayed.
    if (deployment.rolloutState === "COMPLETED" && deployment.failedTasks === 1) return;
    const delay = Math.min(RETRY_SECONDS.first * 2 ** (deployment.failedTasks - 1), RETRY_SECONDS.last);
    this.#launchAfter = performance.now() + this.#milliseconds(delay);
  }

  #launchMissingTasks(): void {
    if (this.primary.rolloutState === "FAILED" || performance.now() < this.#launchAfter) return;
    for (let count = missingTasks(this.#serviceTasks, this.settings); count > 0; count -= 1) this.#launchTask();
  }

  #launchTask(): void {
    const deployment = this.primary;
    const task = new Task(randomBytes(16).toString("hex"), deployment.definition, this.#options.clock);
    this.#tasks.set(task, deployment);
    this.#start(task).catch((error: unknown) => {
      task.fail(error instanceof Error ? error.message : String(error));
      this.#reconcile();
    });
  }

  async #start(task: Task): Promise<void> {
    const { program, ports } = await this.#options.runner.start(task);
    task.run(program, this.#membershipOf(ports), () => this.#reconcile());
    if (this.#closed) return void (await task.stop("Service is being deleted"));
    const listening = this.settings.targetGroups.map(({ containerPort }) =>
      program.listens(ports[containerPort] ?? 0, this.#milliseconds(LISTEN_TIMEOUT_SECONDS)),
    );
    await Promise.all(listening);
    if (!program.isRunning) return;
    task.ready();
    this.#reconcile();
  }

  #stopSurplusTasks(): void {
    const reason = `Scaling activity initiated by deployment ecs-svc/${this.primary.id}`;
    for (const task of surplusTasks(this.#serviceTasks, this.settings)) void this.stopTask(task, reason);
  }

  get #serviceTasks(): ServiceTasks {
    const { tasks, desiredCount } = this;
    return { tasks, desiredCount, isCurrent: (task) => this.#tasks.get(task) === this.primary };
  }

  #membershipOf(ports: StartedTask["ports"]): Membership {
    const members = this.settings.targetGroups.flatMap(({ targetGroupArn, containerPort }) => {
      const port = ports[containerPort];
      return port === undefined ? [] : [{ targetGroupArn, target: { id: ADDRESS, port } }];
    });
    return new Membership(this.#options.targets, members);
  }

  #saveState(): void {
    this.#options.onChange({
      desiredCount: this.desiredCount,
      taskDefinition: this.#rollouts.lastStable.definition.arn,
    });
  }
}
