import type { HealthCheck, Target, TargetHealth, TargetState } from "./model.ts";

/** Asks a target for its health; resolves with its status, rejects when it does not answer. */
export type Probe = (target: Target, check: HealthCheck) => Promise<number>;

/** A health check took longer than it may. */
export class ProbeTimeoutError extends Error {
  override readonly name = "ProbeTimeoutError";
}

interface Verdict {
  readonly state: TargetState;
  readonly reason?: string;
  readonly description?: string;
}

const INITIAL: Verdict = {
  state: "initial",
  reason: "Elb.InitialHealthChecking",
  description: "Initial health checks in progress",
};
const UNCHECKED: Verdict = {
  state: "unavailable",
  reason: "Target.HealthCheckDisabled",
  description: "Health checks are not enabled for this target",
};
const UNUSED: Verdict = {
  state: "unused",
  reason: "Target.NotInUse",
  description: "Target group is not configured to receive traffic from the load balancer",
};
const DRAINING: Verdict = {
  state: "draining",
  reason: "Target.DeregistrationInProgress",
  description: "Target deregistration is in progress",
};

/** A target of a group: how healthy it is, and how many requests it has at the moment. */
export class RegisteredTarget {
  readonly target: Target;
  outstanding = 0;
  readonly #probe: Probe;
  readonly #second: number;
  #verdict: Verdict = UNUSED;
  #successes = 0;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Checks of an earlier {@link watch} that come back late count no more. */
  #watch = 0;
  #drained: (() => void) | undefined;

  /** @param second milliseconds of a second, which tests make shorter. */
  constructor(target: Target, probe: Probe, second: number) {
    this.target = target;
    this.#probe = probe;
    this.#second = second;
  }

  get state(): TargetState {
    return this.#verdict.state;
  }

  get health(): TargetHealth {
    return { target: this.target, ...this.#verdict };
  }

  /** Checks it from now on in this way; a check that is not enabled leaves the target in use without one. */
  watch(check: HealthCheck): void {
    if (this.state === "draining") return;
    this.stop();
    this.#verdict = check.enabled ? INITIAL : UNCHECKED;
    if (check.enabled) void this.#check(check, this.#watch);
  }

  /** No listener leads to it. */
  disuse(): void {
    if (this.state === "draining") return;
    this.stop();
    this.#verdict = UNUSED;
  }

  /** Gives it no more requests. `done` is called when the last one is answered, or after so many seconds. */
  drain(delay: number, done: () => void): void {
    if (this.state === "draining") return;
    this.stop();
    this.#verdict = DRAINING;
    this.#drained = () => {
      this.stop();
      done();
    };
    if (this.outstanding === 0) this.#drained();
    else this.#timer = setTimeout(this.#drained, delay * this.#second).unref();
  }

  /** A request to it has ended. */
  release(): void {
    this.outstanding -= 1;
    if (this.state === "draining" && this.outstanding === 0) this.#drained?.();
  }

  stop(): void {
    this.#watch += 1;
    this.#successes = 0;
    this.#failures = 0;
    clearTimeout(this.#timer);
  }

  async #check(check: HealthCheck, watch: number): Promise<void> {
    const failure = await this.#failure(check);
    if (watch !== this.#watch) return;
    this.#count(check, failure);
    this.#timer = setTimeout(() => void this.#check(check, watch), check.interval * this.#second).unref();
  }

  async #failure(check: HealthCheck): Promise<Verdict | undefined> {
    try {
      const status = await this.#probe(this.target, check);
      if (isWanted(check.matcher, status)) return undefined;
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

  #count(check: HealthCheck, failure: Verdict | undefined): void {
    this.#successes = failure ? 0 : this.#successes + 1;
    this.#failures = failure ? this.#failures + 1 : 0;
    // a new target is trusted after one good answer, one that had failed only after several
    const enough = this.state === "initial" ? 1 : check.healthyThreshold;
    if (failure && this.#failures >= check.unhealthyThreshold) this.#verdict = failure;
    else if (!failure && this.#successes >= enough) this.#verdict = { state: "healthy" };
  }
}

function isWanted(matcher: string, status: number): boolean {
  return matcher.split(",").some((part) => {
    const [from = "", to = from] = part.trim().split("-");
    return Number(from) <= status && status <= Number(to);
  });
}
