import { type Probe, RegisteredTarget } from "./registered-target.ts";
import type { Target, TargetHealth } from "./target.ts";
import type { TargetGroupSettings } from "./target-group-settings.ts";

/** A target that was selected for one request. */
export interface Lease {
  readonly target: Target;
  /** Must be called when the request has ended. */
  release(): void;
}

/** The targets of one target group. */
export class TargetGroup {
  /** Number of requests to its targets since it was created. */
  requestCount = 0;
  readonly #probe: Probe;
  readonly #second: number;
  readonly #targets = new Map<string, RegisteredTarget>();
  #settings: TargetGroupSettings;
  #isUsed = false;
  #rotation = 0;

  constructor(settings: TargetGroupSettings, probe: Probe, second: number) {
    this.#settings = settings;
    this.#probe = probe;
    this.#second = second;
  }

  get settings(): TargetGroupSettings {
    return this.#settings;
  }

  /** Restarts the health checks if their settings have changed. */
  configure(settings: TargetGroupSettings): void {
    const checks = JSON.stringify(this.#settings.healthCheck);
    this.#settings = settings;
    if (this.#isUsed && JSON.stringify(settings.healthCheck) !== checks) this.#checkAll();
  }

  /** Whether a listener or a rule forwards to this group; only then are the targets checked. */
  set isUsed(isUsed: boolean) {
    if (isUsed === this.#isUsed) return;
    this.#isUsed = isUsed;
    if (isUsed) this.#checkAll();
    else for (const registered of this.#targets.values()) registered.markUnused();
  }

  /** Registers a target; does nothing if it is registered, unless it is draining. */
  register(target: Target): void {
    const complete = { ...target, port: target.port ?? this.#settings.port };
    const key = keyOf(complete);
    const existing = this.#targets.get(key);
    if (existing && existing.state !== "draining") return;
    existing?.stop();
    const registered = new RegisteredTarget(complete, this.#probe, this.#second);
    this.#targets.set(key, registered);
    if (this.#isUsed) registered.startChecks(this.#settings.healthCheck);
  }

  /**
   * Sends no more requests to a target, and removes it when those in flight have ended. Without a port: all targets of
   * this ID.
   */
  deregister({ id, port }: Target): void {
    for (const [key, registered] of this.#targets) {
      const { target } = registered;
      if (target.id !== id || (port !== undefined && target.port !== port)) continue;
      registered.drain(this.#settings.deregistrationDelay, () => {
        if (this.#targets.get(key) === registered) this.#targets.delete(key);
      });
    }
  }

  health(): TargetHealth[] {
    return [...this.#targets.values()].map(({ health }) => health);
  }

  /**
   * Selects the target for the next request: a healthy one, or any if none is healthy (fail open).
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
   */
  select(): Lease | undefined {
    const inUse = [...this.#targets.values()].filter(({ state }) => state !== "draining" && state !== "unused");
    const healthy = inUse.filter(({ state }) => state === "healthy" || state === "unavailable");
    const candidates = this.#rotated(healthy.length > 0 ? healthy : inUse);
    const selected =
      this.#settings.algorithm === "round_robin"
        ? candidates[0]
        : candidates.toSorted((one, other) => one.outstanding - other.outstanding)[0];
    if (!selected) return undefined;
    this.requestCount += 1;
    selected.outstanding += 1;
    return { target: selected.target, release: () => selected.release() };
  }

  close(): void {
    for (const registered of this.#targets.values()) registered.stop();
  }

  #checkAll(): void {
    for (const registered of this.#targets.values()) registered.startChecks(this.#settings.healthCheck);
  }

  /** The same targets, starting with the next one at each call. */
  #rotated(targets: readonly RegisteredTarget[]): RegisteredTarget[] {
    if (targets.length === 0) return [];
    this.#rotation = (this.#rotation + 1) % targets.length;
    return [...targets.slice(this.#rotation), ...targets.slice(0, this.#rotation)];
  }
}

function keyOf({ id, port }: Target): string {
  return `${id}:${port ?? ""}`;
}
