import type { TaskDefinition } from "./model.ts";

export type RolloutState = "IN_PROGRESS" | "COMPLETED" | "FAILED";

/** Failed tasks in a row after which the circuit breaker opens: at least 3, at most 200. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html */
export const failureThreshold = (desiredCount: number): number =>
  Math.min(200, Math.max(3, Math.ceil(desiredCount / 2)));

/** A service on its way to one task definition. */
export class Deployment {
  readonly id: string;
  readonly definition: TaskDefinition;
  readonly createdAt: number;
  rollout: RolloutState = "IN_PROGRESS";
  rolloutReason: string;
  failedTasks = 0;
  /** Why the last of its tasks ended that was not meant to. */
  lastFailure = "";

  constructor(id: string, definition: TaskDefinition, createdAt: number) {
    this.id = id;
    this.definition = definition;
    this.createdAt = createdAt;
    this.rolloutReason = `ECS deployment ecs-svc/${id} in progress.`;
  }

  /** It is gone back to. */
  restore(): void {
    this.rollout = "IN_PROGRESS";
    this.failedTasks = 0;
  }

  complete(): void {
    this.rollout = "COMPLETED";
    this.rolloutReason = `ECS deployment ecs-svc/${this.id} completed.`;
    this.failedTasks = 0;
  }

  fail(reason: string): void {
    this.rollout = "FAILED";
    this.rolloutReason = `ECS deployment circuit breaker: ${reason}`;
  }

  countFailure(reason: string): void {
    this.failedTasks += 1;
    this.lastFailure = reason;
  }
}
