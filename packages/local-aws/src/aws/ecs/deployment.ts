import type { TaskDefinition } from "./task-definition.ts";

export type RolloutState = "IN_PROGRESS" | "COMPLETED" | "FAILED";

/**
 * Consecutive failed tasks after which the circuit breaker opens: half of the desired count, from 3 to 200.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
export const failureThreshold = (desiredCount: number): number =>
  Math.min(200, Math.max(3, Math.ceil(desiredCount / 2)));

/** The rollout of one task definition to a service. */
export class Deployment {
  readonly id: string;
  readonly definition: TaskDefinition;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  rolloutState: RolloutState = "IN_PROGRESS";
  rolloutStateReason: string;
  failedTasks = 0;
  /** Why the last failed task stopped. */
  lastFailure = "";

  constructor(id: string, definition: TaskDefinition, createdAt: number) {
    this.id = id;
    this.definition = definition;
    this.createdAt = createdAt;
    this.rolloutStateReason = `ECS deployment ecs-svc/${id} in progress.`;
  }

  /** Call when the service rolls back to this deployment. */
  restore(): void {
    this.rolloutState = "IN_PROGRESS";
    this.failedTasks = 0;
  }

  complete(): void {
    this.rolloutState = "COMPLETED";
    this.rolloutStateReason = `ECS deployment ecs-svc/${this.id} completed.`;
    this.failedTasks = 0;
  }

  fail(reason: string): void {
    this.rolloutState = "FAILED";
    this.rolloutStateReason = `ECS deployment circuit breaker: ${reason}`;
  }

  countFailure(reason: string): void {
    this.failedTasks += 1;
    this.lastFailure = reason;
  }
}
