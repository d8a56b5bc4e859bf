import type { Target, TargetHealth, TargetState } from "./target.ts";
import type { HealthCheck } from "./target-group-settings.ts";

/** Sends a health check to a target; resolves with the status, rejects if there is no response. */
export type Probe = (target: Target, check: HealthCheck) => Promise<number>;

/** A health check exceeded its timeout. */
export class ProbeTimeoutError extends Error {
  override readonly name = "ProbeTimeoutError";
}

interface HealthState {
  readonly state: TargetState;
  readonly reason?: string;
  readonly description?: string;
}

const INITIAL: HealthState = {
  state: "initial",
  reason: "Elb.InitialHealthChecking",
  description: "Initial health checks in progress",
};
const UNCHECKED: HealthState = {
  state: "unavailable",
  reason: "Target.HealthCheckDisabled",
  description: "Health checks are not enabled for this target",
};
const UNUSED: HealthState = {
  state: "unused",
  reason: "Target.NotInUse",
  description: "Target group is not configured to receive traffic from the load balancer",
};
const DRAINING: HealthState = {
  state: "draining",
  reason: "Target.DeregistrationInProgress",
  description: "Target deregistration is in progress",
};

/** A target of a group, with its health and its number of requests in flight. */
export class RegisteredTarget {
  readonly target: Target;
  /** Number of requests in flight. */
  outstanding = 0;
  readonly #probe: Probe;
  readonly #second: number;
  #health: HealthState = UNUSED;
  #successes = 0;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Changes with each start of the checks, so that late results of earlier ones are ignored. */
  #generation = 0;
  #drained: (() => void) | undefined;

  /** @param second duration of a second in milliseconds, which tests shorten. */
  constructor(target: Target, probe: Probe, second: number) {
    this.target = target;
    this.#probe = probe;
    this.#second = second;
  }

  get state(): TargetState {
    return this.#health.state;
  }

  get health(): TargetHealth {
    return { target: this.target, ...this.#health };
  }

  /** Starts health checks with these settings. If they are disabled, the target receives requests unchecked. */
  startChecks(check: HealthCheck): void {
    if (this.state === "draining") return;
    this.stop();
    this.#health = check.enabled ? INITIAL : UNCHECKED;
    if (check.enabled) void this.#check(check, this.#generation);
  }

  /** Stops health checks because no listener forwards to the group. */
  markUnused(): void {
    if (this.state === "draining") return;
    this.stop();
    this.#health = UNUSED;
  }

  /** Calls `done` when the last request in flight has ended, or after `delay` seconds. */
  drain(delay: number, done: () => void): void {
    if (this.state === "draining") return;
    this.stop();
    this.#health = DRAINING;
    this.#drained = () => {
      this.stop();
      done();
    };
    if (this.outstanding === 0) this.#drained();
    else this.#timer = setTimeout(this.#drained, delay * this.#second).unref();
  }

  /** Must be called when a request to the target has ended. */
  release(): void {
    this.outstanding -= 1;
    if (this.state === "draining" && this.outstanding === 0) this.#drained?.();
  }

  stop(): void {
    this.#generation += 1;
    this.#successes = 0;
    this.#failures = 0;
    clearTimeout(this.#timer);
  }

  async #check(check: HealthCheck, generation: number): Promise<void> {
    const failure = await this.#failure(check);
    if (generation !== this.#generation) return;
    this.#count(check, failure);
    this.#timer = setTimeout(() => void this.#check(check, generation), check.interval * this.#second).unref();
  }

  async #failure(check: HealthCheck): Promise<HealthState | undefined> {
    try {
      const status = await this.#probe(this.target, check);
      if (isExpected(check.matcher, status)) return undefined;
      return {
        state: "unhealthy",
        reason: "Target.ResponseCodeMismatch",
        description: `Health checks failed with these codes: [${status}]`,
      };
    } catch (error) {
      return error instanceof ProbeTimeoutError
        ? { state: "unhealthy", reason: "Target.Timeout", description: "Request timed out" }
        : { state: "unhealthy", reason: "Target.FailedHealthChecks", description: "Health checks failed" };
    }
  }

  #count(check: HealthCheck, failure: HealthState | undefined): void {
    this.#successes = failure ? 0 : this.#successes + 1;
    this.#failures = failure ? this.#failures + 1 : 0;
    // A new target is healthy after one successful check, a failed one only after several.
    const threshold = this.state === "initial" ? 1 : check.healthyThreshold;
    if (failure && this.#failures >= check.unhealthyThreshold) this.#health = failure;
    else if (!failure && this.#successes >= threshold) this.#health = { state: "healthy" };
  }
}

function isExpected(matcher: string, status: number): boolean {
  return matcher.split(",").some((part) => {
    const [from = "", to = from] = part.trim().split("-");
    return Number(from) <= status && status <= Number(to);
  });
}
