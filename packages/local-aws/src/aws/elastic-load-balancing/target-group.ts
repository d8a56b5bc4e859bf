import type { Target, TargetGroupSettings, TargetHealth } from "./model.ts";
import { type Probe, RegisteredTarget } from "./registered-target.ts";

/** A target that has been chosen for one request. */
export interface Lease {
  readonly target: Target;
  /** Call when the request has ended. */
  release(): void;
}

/** Targets of which each request goes to one. */
export class TargetGroup {
  /** Requests that went to its targets since it was made. */
  requests = 0;
  readonly #probe: Probe;
  readonly #second: number;
  readonly #targets = new Map<string, RegisteredTarget>();
  #settings: TargetGroupSettings;
  #isUsed = false;
  #turn = 0;

  constructor(settings: TargetGroupSettings, probe: Probe, second: number) {
    this.#settings = settings;
    this.#probe = probe;
    this.#second = second;
  }

  get settings(): TargetGroupSettings {
    return this.#settings;
  }

  /** Checks begin anew when they are to be made in another way. */
  configure(settings: TargetGroupSettings): void {
    const checks = JSON.stringify(this.#settings.healthCheck);
    this.#settings = settings;
    if (this.#isUsed && JSON.stringify(settings.healthCheck) !== checks) this.#watchAll();
  }

  /** Whether a listener leads here; only then are the targets checked. */
  set isUsed(isUsed: boolean) {
    if (isUsed === this.#isUsed) return;
    this.#isUsed = isUsed;
    if (isUsed) this.#watchAll();
    else for (const registered of this.#targets.values()) registered.disuse();
  }

  /** Adds a target, or leaves it as it is when it is there. One that is draining comes back. */
  register(target: Target): void {
    const complete = { ...target, port: target.port ?? this.#settings.port };
    const key = keyOf(complete);
    const existing = this.#targets.get(key);
    if (existing && existing.state !== "draining") return;
    existing?.stop();
    const registered = new RegisteredTarget(complete, this.#probe, this.#second);
    this.#targets.set(key, registered);
    if (this.#isUsed) registered.watch(this.#settings.healthCheck);
  }

  /** Gives a target no more requests, and forgets it when those under way have ended. Without a port: all of this id. */
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
   * The target for the next request: a healthy one, or any when none is, because a group that is wholly unhealthy more likely has a wrong check.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
   */
  choose(): Lease | undefined {
    const inUse = [...this.#targets.values()].filter(({ state }) => state !== "draining" && state !== "unused");
    const healthy = inUse.filter(({ state }) => state === "healthy" || state === "unavailable");
    const candidates = this.#inTurn(healthy.length > 0 ? healthy : inUse);
    const chosen =
      this.#settings.algorithm === "round_robin"
        ? candidates[0]
        : candidates.toSorted((one, other) => one.outstanding - other.outstanding)[0];
    if (!chosen) return undefined;
    this.requests += 1;
    chosen.outstanding += 1;
    return { target: chosen.target, release: () => chosen.release() };
  }

  close(): void {
    for (const registered of this.#targets.values()) registered.stop();
  }

  #watchAll(): void {
    for (const registered of this.#targets.values()) registered.watch(this.#settings.healthCheck);
  }

  /** The same targets, beginning with another one each time. */
  #inTurn(targets: readonly RegisteredTarget[]): RegisteredTarget[] {
    if (targets.length === 0) return [];
    this.#turn = (this.#turn + 1) % targets.length;
    return [...targets.slice(this.#turn), ...targets.slice(0, this.#turn)];
  }
}

function keyOf({ id, port }: Target): string {
  return `${id}:${port ?? ""}`;
}
