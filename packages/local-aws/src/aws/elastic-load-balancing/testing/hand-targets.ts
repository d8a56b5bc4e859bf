import type { TargetRegistry } from "../elastic-load-balancing.ts";
import type { Target, TargetState } from "../model.ts";

/** Targets whose health a test sets by hand; new ones are healthy. */
export class HandTargets implements TargetRegistry {
  /** By port. */
  readonly registered = new Map<number, TargetState>();
  /** How many were healthy at each change. */
  readonly history: number[] = [];
  readonly #targets = new Map<number, Target>();

  register(_: string, target: Target): void {
    this.#targets.set(target.port ?? 0, target);
    this.set(target.port ?? 0, "healthy");
  }
  deregister(_: string, { port = 0 }: Target): void {
    this.registered.delete(port);
    this.#remember();
  }
  health() {
    return [...this.registered].map(([port, state]) => ({
      target: this.#targets.get(port) ?? { id: "", port },
      state,
    }));
  }
  requests(): number {
    return 0;
  }
  set(port: number, state: TargetState): void {
    this.registered.set(port, state);
    this.#remember();
  }
  #remember(): void {
    this.history.push([...this.registered.values()].filter((state) => state === "healthy").length);
  }
}
