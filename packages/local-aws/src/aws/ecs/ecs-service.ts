import { randomBytes, randomInt } from "node:crypto";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import type { TargetRegistry } from "../elastic-load-balancing/target-registry.ts";
import { Membership } from "../elastic-load-balancing/membership.ts";
import { Deployment, failureThreshold } from "./deployment.ts";
import type { ServiceSettings, TaskDefinition } from "./model.ts";
import { type StartedTask, Task } from "./task.ts";
import type { TaskRunner } from "./task-runner.ts";

export interface EcsServiceOptions {
  readonly runner: TaskRunner;
  readonly targets: TargetRegistry;
  readonly clock: Clock;
  /** Milliseconds of a second, for tests of what AWS counts in seconds. */
  readonly second: number;
  /** What the service runs now, to be kept. */
  readonly onChange: (state: ServiceState) => void;
}

/** What is kept of a service beside its settings, because others than Terraform change it. */
export interface ServiceState {
  readonly desiredCount: number;
  /** ARN of the task definition of its last completed deployment. */
  readonly taskDefinition: string;
}

/** The address of every task; the load balancer tells them apart by their ports. */
const ADDRESS = "127.0.0.1";

/** How often a service looks at its tasks while something is under way, and when nothing is. */
const BUSY_SECONDS = 0.05;
const CALM_SECONDS = 1;

/** The longest that a program's port is waited for before the load balancer is told of it all the same. */
const LISTEN_SECONDS = 30;

/** Before a task that failed is started once more: doubled each time. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html */
const RETRY_SECONDS = { first: 0.25, last: 60 } as const;

/** How long {@link EcsService.steady} waits. */
const STEADY_SECONDS = 120;

/** Keeps as many tasks running as are wanted, and moves them from one task definition to the next. */
export class EcsService {
  settings: ServiceSettings;
  desiredCount: number;
  readonly #options: EcsServiceOptions;
  readonly #tasks = new Map<Task, Deployment>();
  readonly #stopping = new Set<Promise<void>>();
  #primary: Deployment;
  /** The last one that was completed, to go back to. */
  #completed: Deployment | undefined;
  #failedRollout: Deployment | undefined;
  #timer: NodeJS.Timeout | undefined;
  #launchAfter = 0;
  #closed = false;

  constructor(settings: ServiceSettings, desiredCount: number, definition: TaskDefinition, options: EcsServiceOptions) {
    this.settings = settings;
    this.desiredCount = desiredCount;
    this.#options = options;
    this.#primary = this.#deployment(definition);
    this.#look();
  }

  get tasks(): Task[] {
    return [...this.#tasks.keys()];
  }

  get primary(): Deployment {
    return this.#primary;
  }

  /** The deployments that have tasks, the newest first. */
  get deployments(): { deployment: Deployment; tasks: Task[] }[] {
    const all = new Set([this.#primary, ...this.#tasks.values()]);
    return [...all].map((deployment) => ({
      deployment,
      tasks: this.tasks.filter((task) => this.#tasks.get(task) === deployment),
    }));
  }

  /** Moves to another task definition, or starts all tasks anew. */
  deploy(definition: TaskDefinition): void {
    this.#failedRollout = undefined;
    this.#primary = this.#deployment(definition);
    this.#launchAfter = 0;
    this.#look();
  }

  scale(desiredCount: number): void {
    this.desiredCount = desiredCount;
    this.#keep();
    this.#look();
  }

  /** As many tasks as wanted, all healthy, all of one deployment. */
  get isSteady(): boolean {
    return (
      this.#primary.rollout === "COMPLETED" &&
      this.#tasks.size === this.desiredCount &&
      this.tasks.every((task) => task.isHealthy)
    );
  }

  /** Resolves when it is steady. @throws AwsError when the deployment was given up, even when an earlier one was gone back to. */
  async steady(): Promise<void> {
    const deadline = performance.now() + STEADY_SECONDS * this.#options.second;
    for (;;) {
      if (this.#failedRollout && (this.isSteady || this.#primary.rollout === "FAILED")) throw this.#deploymentFailed();
      if (this.isSteady || this.#closed) return;
      if (performance.now() > deadline) {
        const last = this.#primary.lastFailure && `; the last task ended because: ${this.#primary.lastFailure}`;
        throw new AwsError("ServiceNotSteady", `The service ${this.settings.name} did not become steady${last}.`);
      }
      await new Promise((resolve) => setTimeout(resolve, BUSY_SECONDS * this.#options.second));
    }
  }

  /** Stops a task on purpose; another takes its place if one is wanted. Resolves when its process has ended. */
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

  #deployment(definition: TaskDefinition): Deployment {
    const id = String(randomInt(10 ** 12, 10 ** 13)).padEnd(19, "0");
    return new Deployment(id, definition, this.#options.clock.now());
  }

  /** One look at everything, soon followed by the next. Nothing in it waits. */
  #look(): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#countFailures();
    this.#breakCircuit();
    this.#launch();
    this.#retire();
    if (this.#primary.rollout === "IN_PROGRESS" && this.#isRolledOut()) {
      this.#primary.complete();
      this.#completed = this.#primary;
      this.#keep();
    }
    const isCalm = this.isSteady;
    if (isCalm) this.#primary.failedTasks = 0;
    const seconds = isCalm ? CALM_SECONDS : BUSY_SECONDS;
    this.#timer = setTimeout(() => this.#look(), seconds * this.#options.second).unref();
  }

  /** Takes away what has ended by itself or is ill. */
  #countFailures(): void {
    for (const [task, deployment] of this.#tasks) {
      if (task.status === "STOPPED") {
        this.#tasks.delete(task);
        this.#countFailure(deployment, task.stoppedReason);
      } else if (task.isIll(this.settings.gracePeriod * this.#options.second)) {
        const reason = `Task failed ELB health checks in (target-group ${this.settings.targets[0]?.targetGroupArn})`;
        this.#countFailure(deployment, reason);
        void this.stopTask(task, reason);
      }
    }
  }

  #countFailure(deployment: Deployment, reason: string): void {
    deployment.countFailure(reason);
    // one that ran well is replaced at once, one that never did after a while
    if (deployment.rollout === "COMPLETED" && deployment.failedTasks === 1) return;
    const wait = Math.min(RETRY_SECONDS.first * 2 ** (deployment.failedTasks - 1), RETRY_SECONDS.last);
    this.#launchAfter = performance.now() + wait * this.#options.second;
  }

  #breakCircuit(): void {
    const { enable, rollback } = this.settings.circuitBreaker;
    const failed = this.#primary;
    if (!enable || failed.rollout !== "IN_PROGRESS") return;
    if (failed.failedTasks < failureThreshold(this.desiredCount)) return;
    failed.fail("tasks failed to start.");
    this.#failedRollout = failed;
    const before = this.#completed;
    if (!rollback || !before || before === failed) return;
    failed.rolloutReason += ` rolling back to deploymentId ecs-svc/${before.id}.`;
    before.restore();
    this.#primary = before;
    this.#launchAfter = 0;
  }

  #launch(): void {
    const alive = this.tasks.filter((task) => task.isAlive);
    const current = alive.filter((task) => this.#isCurrent(task));
    const room = Math.floor((this.desiredCount * this.settings.maximum) / 100) - alive.length;
    const missing = Math.min(this.desiredCount - current.length, room);
    if (missing <= 0 || this.#primary.rollout === "FAILED" || performance.now() < this.#launchAfter) return;
    for (let count = 0; count < missing; count += 1) this.#launchOne();
  }

  #launchOne(): void {
    const deployment = this.#primary;
    const task = new Task(randomBytes(16).toString("hex"), deployment.definition, this.#options.clock);
    this.#tasks.set(task, deployment);
    this.#start(task).catch((error: unknown) => {
      task.fail(error instanceof Error ? error.message : String(error));
      this.#look();
    });
  }

  async #start(task: Task): Promise<void> {
    const { program, ports } = await this.#options.runner.start(task);
    task.run(program, this.#membershipOf(ports), () => this.#look());
    if (this.#closed) return void (await task.stop("Service is being deleted"));
    const listening = this.settings.targets.map(({ containerPort }) =>
      program.listens(ports[containerPort] ?? 0, LISTEN_SECONDS * this.#options.second),
    );
    await Promise.all(listening);
    if (!program.isRunning) return;
    task.ready();
    this.#look();
  }

  /** Stops what is of an earlier deployment, as far as enough healthy ones remain, and what is too much. */
  #retire(): void {
    const needed = Math.ceil((this.desiredCount * this.settings.minimumHealthy) / 100);
    let healthy = this.tasks.filter((task) => task.isHealthy).length;
    for (const task of this.tasks.filter((one) => one.isAlive && !this.#isCurrent(one))) {
      if (task.isHealthy) {
        if (healthy <= needed) continue;
        healthy -= 1;
      }
      void this.stopTask(task, `Scaling activity initiated by deployment ecs-svc/${this.#primary.id}`);
    }
    const current = this.tasks.filter((task) => task.isAlive && this.#isCurrent(task));
    for (const task of current.slice(this.desiredCount)) {
      void this.stopTask(task, `Scaling activity initiated by deployment ecs-svc/${this.#primary.id}`);
    }
  }

  #isRolledOut(): boolean {
    const tasks = this.tasks;
    return tasks.length === this.desiredCount && tasks.every((task) => this.#isCurrent(task) && task.isHealthy);
  }

  #isCurrent(task: Task): boolean {
    return this.#tasks.get(task) === this.#primary;
  }

  #membershipOf(ports: StartedTask["ports"]): Membership {
    const members = this.settings.targets.flatMap(({ targetGroupArn, containerPort }) => {
      const port = ports[containerPort];
      return port === undefined ? [] : [{ targetGroupArn, target: { id: ADDRESS, port } }];
    });
    return new Membership(this.#options.targets, members);
  }

  #keep(): void {
    this.#options.onChange({
      desiredCount: this.desiredCount,
      taskDefinition: (this.#completed ?? this.#primary).definition.arn,
    });
  }

  #deploymentFailed(): AwsError {
    const failed = this.#failedRollout;
    this.#failedRollout = undefined;
    const { family, revision } = failed?.definition ?? this.#primary.definition;
    const now =
      this.#primary === failed
        ? ""
        : `; the service runs ${this.#primary.definition.family}:${this.#primary.definition.revision} again`;
    return new AwsError(
      "ServiceDeploymentFailed",
      `The circuit breaker gave up the deployment of ${family}:${revision}: ${failed?.lastFailure}${now}.`,
    );
  }
}
