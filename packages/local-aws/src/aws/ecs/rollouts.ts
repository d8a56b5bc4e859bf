import { AwsError } from "../../runtime/error.ts";
import { type Deployment, failureThreshold } from "./deployment.ts";
import type { ServiceSettings } from "./service-settings.ts";

/** The primary deployment of a service, and what the circuit breaker needs to know about the others. */
export class Rollouts {
  #primary: Deployment;
  /** The last completed deployment, to which the circuit breaker rolls back. */
  #completed: Deployment | undefined;
  #failed: Deployment | undefined;

  constructor(primary: Deployment) {
    this.#primary = primary;
  }

  get primary(): Deployment {
    return this.#primary;
  }

  /** The deployment that is restored after a restart. */
  get lastStable(): Deployment {
    return this.#completed ?? this.#primary;
  }

  start(deployment: Deployment): void {
    this.#failed = undefined;
    this.#primary = deployment;
  }

  completePrimary(): void {
    this.#primary.complete();
    this.#completed = this.#primary;
  }

  /**
   * Fails the primary deployment after too many failed tasks.
   *
   * @returns whether the service rolled back to the last completed deployment.
   */
  checkCircuitBreaker({ enable, rollback }: ServiceSettings["circuitBreaker"], desiredCount: number): boolean {
    const deployment = this.#primary;
    if (!enable || deployment.rolloutState !== "IN_PROGRESS") return false;
    if (deployment.failedTasks < failureThreshold(desiredCount)) return false;
    deployment.fail("tasks failed to start.");
    this.#failed = deployment;
    const previous = this.#completed;
    if (!rollback || !previous || previous === deployment) return false;
    deployment.rolloutStateReason += ` rolling back to deploymentId ecs-svc/${previous.id}.`;
    previous.restore();
    this.#primary = previous;
    return true;
  }

  /** The error of the failed deployment, once: `ServiceDeploymentFailed`. */
  takeFailure(): AwsError | undefined {
    const failed = this.#failed;
    if (!failed) return undefined;
    this.#failed = undefined;
    const rollback = this.#primary === failed ? "" : ` The service rolled back to ${revisionOf(this.#primary)}.`;
    return new AwsError(
      "ServiceDeploymentFailed",
      `The circuit breaker stopped the deployment of ${revisionOf(failed)}. Last failed task: ${failed.lastFailure}.${rollback}`,
    );
  }
}

function revisionOf({ definition: { family, revision } }: Deployment): string {
  return `${family}:${revision}`;
}
