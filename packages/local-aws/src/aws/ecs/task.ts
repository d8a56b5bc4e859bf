import type { Program } from "../../processes/program.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { Membership } from "../elastic-load-balancing/membership.ts";
import type { TaskDefinition } from "./model.ts";

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html */
export type TaskStatus = "PENDING" | "RUNNING" | "STOPPING" | "STOPPED";

/** Brings a task to life. */
export interface StartedTask {
  readonly program: Program;
  /** On this machine, by the port of the container. */
  readonly ports: Readonly<Record<number, number>>;
}

/** Default of ECS. */
const STOP_TIMEOUT_SECONDS = 30;

/** One copy of a task definition: a process. */
export class Task {
  readonly id: string;
  readonly definition: TaskDefinition;
  readonly createdAt: number;
  status: TaskStatus = "PENDING";
  stoppedReason = "";
  /** Milliseconds since the epoch. */
  startedAt: number | undefined;
  /** Its place behind the load balancers, once it runs. */
  membership: Membership | undefined;
  readonly #clock: Clock;
  #program: Program | undefined;

  constructor(id: string, definition: TaskDefinition, clock: Clock) {
    this.id = id;
    this.definition = definition;
    this.createdAt = clock.now();
    this.#clock = clock;
  }

  get isAlive(): boolean {
    return this.status === "PENDING" || this.status === "RUNNING";
  }

  get isHealthy(): boolean {
    return this.status === "RUNNING" && this.membership?.isHealthy === true;
  }

  /** @param grace milliseconds after its start in which its health does not count. */
  isIll(grace: number): boolean {
    if (this.status !== "RUNNING" || this.startedAt === undefined) return false;
    return this.#clock.now() - this.startedAt >= grace && this.membership?.isUnhealthy === true;
  }

  /** @param onExit called once, when it has ended, whatever the cause. */
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

  /** Its program listens: it gets requests from now on. */
  ready(): void {
    if (this.status !== "PENDING") return;
    this.membership?.register();
    this.status = "RUNNING";
    this.startedAt = this.#clock.now();
  }

  /** It could not be started. */
  fail(reason: string): void {
    this.status = "STOPPED";
    this.stoppedReason = reason;
  }

  async stop(reason: string): Promise<void> {
    if (!this.isAlive) return;
    this.status = "STOPPING";
    this.membership?.deregister();
    this.stoppedReason = reason;
    await this.#program?.stop((this.definition.container.stopTimeout ?? STOP_TIMEOUT_SECONDS) * 1_000);
    this.status = "STOPPED";
  }
}
