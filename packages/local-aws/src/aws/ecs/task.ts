import type { Program } from "../../processes/program.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { Membership } from "../elastic-load-balancing/membership.ts";
import type { TaskDefinition } from "./task-definition.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html */
export type TaskStatus = "PENDING" | "RUNNING" | "STOPPING" | "STOPPED";

/** The process of a task. */
export interface StartedTask {
  readonly program: Program;
  /** Ports on this machine, by the port of the container. */
  readonly ports: Readonly<Record<number, number>>;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
const STOP_TIMEOUT_SECONDS = 30;

/** A running copy of a task definition: one process. */
export class Task {
  readonly id: string;
  readonly definition: TaskDefinition;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  status: TaskStatus = "PENDING";
  stoppedReason = "";
  /** Milliseconds since the epoch. */
  startedAt: number | undefined;
  /** Its registration with the target groups, once it runs. */
  membership: Membership | undefined;
  readonly #clock: Clock;
  #program: Program | undefined;

  constructor(id: string, definition: TaskDefinition, clock: Clock) {
    this.id = id;
    this.definition = definition;
    this.createdAt = clock.now();
    this.#clock = clock;
  }

  /** Whether the task is neither stopping nor stopped. */
  get isActive(): boolean {
    return this.status === "PENDING" || this.status === "RUNNING";
  }

  get isHealthy(): boolean {
    return this.status === "RUNNING" && this.membership?.isHealthy === true;
  }

  /** Of its program, while it runs. */
  get processId(): number | undefined {
    return this.status === "RUNNING" ? this.#program?.processId : undefined;
  }

  /** @param gracePeriod milliseconds after the start of the task during which its health checks are ignored. */
  isUnhealthy(gracePeriod: number): boolean {
    if (this.status !== "RUNNING" || this.startedAt === undefined) return false;
    return this.#clock.now() - this.startedAt >= gracePeriod && this.membership?.isUnhealthy === true;
  }

  /** @param onExit called once, when the program has ended for any reason. */
  run(program: Program, membership: Membership, onExit: () => void): void {
    this.#program = program;
    this.membership = membership;
    void program.exited.then(({ code, signal }) => {
      this.status = "STOPPED";
      membership.deregister();
      this.stoppedReason ||= `Essential container in task exited (${signal ?? `exit code ${code}`})`;
      onExit();
    });
  }

  /** Call when the program listens. Registers the task with its target groups. */
  ready(): void {
    if (this.status !== "PENDING") return;
    this.membership?.register();
    this.status = "RUNNING";
    this.startedAt = this.#clock.now();
  }

  /** Call when the task could not be started. */
  fail(reason: string): void {
    this.status = "STOPPED";
    this.stoppedReason = reason;
  }

  /** Stops the program, which is killed after the stop timeout of its container. Resolves when it has ended. */
  async stop(reason: string): Promise<void> {
    if (!this.isActive) return;
    this.status = "STOPPING";
    this.membership?.deregister();
    this.stoppedReason = reason;
    await this.#program?.stop((this.definition.container.stopTimeout ?? STOP_TIMEOUT_SECONDS) * 1_000);
    this.status = "STOPPED";
  }
}
