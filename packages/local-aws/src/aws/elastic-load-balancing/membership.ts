import type { Target, TargetState } from "./target.ts";
import type { TargetRegistry } from "./target-registry.ts";

/** A target in one of its target groups. */
export interface Member {
  readonly targetGroupArn: string;
  readonly target: Target;
}

/** States in which a target receives requests, or would if a listener forwarded to it. */
const HEALTHY_STATES: readonly TargetState[] = ["healthy", "unused", "unavailable"];

/** The registrations of a task or an instance in its target groups. */
export class Membership {
  readonly #registry: TargetRegistry;
  readonly #members: readonly Member[];

  constructor(registry: TargetRegistry, members: readonly Member[]) {
    this.#registry = registry;
    this.#members = members;
  }

  register(): void {
    for (const { targetGroupArn, target } of this.#members) this.#registry.register(targetGroupArn, target);
  }

  deregister(): void {
    for (const { targetGroupArn, target } of this.#members) {
      try {
        this.#registry.deregister(targetGroupArn, target);
      } catch {
        // The target group was deleted, with its targets.
      }
    }
  }

  /** Whether it is healthy in all target groups. */
  get isHealthy(): boolean {
    return this.#states().every((state) => HEALTHY_STATES.includes(state));
  }

  /** Whether it is unhealthy in at least one target group. */
  get isUnhealthy(): boolean {
    return this.#states().includes("unhealthy");
  }

  #states(): TargetState[] {
    return this.#members.map(({ targetGroupArn, target }) => {
      const all = this.#registry.health(targetGroupArn);
      return all.find((one) => one.target.id === target.id && one.target.port === target.port)?.state ?? "unused";
    });
  }
}
