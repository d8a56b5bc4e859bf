import type { Target, TargetState } from "../target.ts";
import type { TargetRegistry } from "../target-registry.ts";

/** Targets whose health a test sets; new ones are healthy. */
export class FakeTargetRegistry implements TargetRegistry {
  /** States by port. */
  readonly registered = new Map<number, TargetState>();
  /** Number of healthy targets after each change. */
  readonly history: number[] = [];
  readonly #targets = new Map<number, Target>();

  register(_: string, target: Target): void {
    this.#targets.set(target.port ?? 0, target);
    this.set(target.port ?? 0, "healthy");
  }
  deregister(_: string, { port = 0 }: Target): void {
    this.registered.delete(port);
    this.#record();
  }
  health() {
    return [...this.registered].map(([port, state]) => ({
      target: this.#targets.get(port) ?? { id: "", port },
      state,
    }));
  }
  requestCount(): number {
    return 0;
  }
  set(port: number, state: TargetState): void {
    this.registered.set(port, state);
    this.#record();
  }
  #record(): void {
    this.history.push([...this.registered.values()].filter((state) => state === "healthy").length);
  }
}
