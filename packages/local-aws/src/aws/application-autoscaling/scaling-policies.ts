import type { ScalableTargets } from "./scalable-targets.ts";
import { type Activity, type Capacity, TargetTracking, type TrackingSettings } from "./target-tracking.ts";

const MINUTE_MS = 60_000;

/** A target tracking policy for `ALBRequestCountPerTarget`. */
export interface ScalingPolicy {
  readonly name: string;
  readonly resourceId: string;
  readonly targetGroupArn: string;
  readonly tracking: Omit<TrackingSettings, "minimum" | "maximum">;
}

export interface ScalingPoliciesOptions {
  readonly targets: ScalableTargets;
  /** The desired count of an ECS service. */
  readonly capacityOf: (cluster: string, service: string) => Capacity;
  /** Number of requests to a target group since it was created. */
  readonly requestCount: (targetGroupArn: string) => number;
  /**
   * Duration of a minute in milliseconds. A shorter one speeds up scaling without changing the rate of requests per
   * minute.
   */
  readonly minute: number;
}

interface ActivePolicy {
  readonly policy: ScalingPolicy;
  readonly tracking: TargetTracking;
  /** Number of requests at the start of the current minute. */
  requestCount: number;
}

/** All scaling policies, and the timer that evaluates them each minute. */
export class ScalingPolicies {
  readonly #options: ScalingPoliciesOptions;
  /** By resource ID. */
  readonly #policies = new Map<string, ActivePolicy>();
  readonly #timer: NodeJS.Timeout;

  constructor(options: ScalingPoliciesOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#evaluate(), options.minute).unref();
  }

  /**
   * Creates a policy or changes its settings. An existing one keeps its alarms and activities.
   *
   * @throws AwsError `ObjectNotFoundException` without a scalable target.
   */
  put(policy: ScalingPolicy): void {
    const { resourceId, targetGroupArn } = policy;
    const settings = this.#settingsOf(policy);
    const existing = this.#policies.get(resourceId);
    existing?.tracking.configure(settings);
    const [, cluster = "", service = ""] = resourceId.split("/");
    const tracking = existing?.tracking ?? new TargetTracking(this.#options.capacityOf(cluster, service), settings);
    this.#policies.set(resourceId, { policy, tracking, requestCount: this.#requestCount(targetGroupArn) });
  }

  delete(resourceId: string): void {
    this.#policies.delete(resourceId);
  }

  /** Applies the changed limits of a scalable target to its policy. */
  applyLimits(resourceId: string): void {
    const active = this.#policies.get(resourceId);
    active?.tracking.configure(this.#settingsOf(active.policy));
  }

  /** The latest first. */
  activities(): readonly (Activity & Pick<ScalingPolicy, "name" | "resourceId">)[] {
    return [...this.#policies.values()].flatMap(({ policy: { name, resourceId }, tracking }) =>
      tracking.activities.toReversed().map((activity) => ({ ...activity, name, resourceId })),
    );
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #settingsOf({ resourceId, tracking }: ScalingPolicy): TrackingSettings {
    const { minimum, maximum } = this.#options.targets.get(resourceId);
    return { ...tracking, minimum, maximum };
  }

  #evaluate(): void {
    for (const active of this.#policies.values()) {
      const requestCount = this.#requestCount(active.policy.targetGroupArn);
      const requestsPerMinute = (requestCount - active.requestCount) * (MINUTE_MS / this.#options.minute);
      active.requestCount = requestCount;
      try {
        active.tracking.observe(requestsPerMinute);
      } catch {
        // The service was deleted, and its policy will be deleted next.
      }
    }
  }

  #requestCount(targetGroupArn: string): number {
    try {
      return this.#options.requestCount(targetGroupArn);
    } catch {
      return 0; // The target group is being replaced.
    }
  }
}
