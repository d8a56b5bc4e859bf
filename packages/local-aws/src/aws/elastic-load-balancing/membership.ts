import type { TargetRegistry } from "./elastic-load-balancing.ts";
import type { Target, TargetState } from "./model.ts";

/** A target in one of the groups that it belongs to. */
export interface Member {
  readonly targetGroupArn: string;
  readonly target: Target;
}

/** States in which a target gets requests, or would if a listener led there. */
const FINE: readonly TargetState[] = ["healthy", "unused", "unavailable"];

/** A task or an instance as its load balancers see it. */
export class Membership {
  readonly #registry: TargetRegistry;
  readonly #members: readonly Member[];

  constructor(registry: TargetRegistry, members: readonly Member[]) {
    this.#registry = registry;
    this.#members = members;
  }

  join(): void {
    for (const { targetGroupArn, target } of this.#members) this.#registry.register(targetGroupArn, target);
  }

  leave(): void {
    for (const { targetGroupArn, target } of this.#members) {
      try {
        this.#registry.deregister(targetGroupArn, target);
      } catch {
        // the target group is gone, and its targets with it
      }
    }
  }

  /** In all groups. */
  get isFine(): boolean {
    return this.#states().every((state) => FINE.includes(state));
  }

  /** In one group at least. */
  get isIll(): boolean {
    return this.#states().includes("unhealthy");
  }

  #states(): TargetState[] {
    return this.#members.map(({ targetGroupArn, target }) => {
      const all = this.#registry.health(targetGroupArn);
      return all.find((one) => one.target.id === target.id && one.target.port === target.port)?.state ?? "unused";
    });
  }
}
