/** The desired count of a service. */
export interface Capacity {
  get(): number;
  set(value: number): void;
}

export interface TrackingSettings {
  readonly minimum: number;
  readonly maximum: number;
  /** Requests per minute and task. */
  readonly target: number;
  /** Seconds. */
  readonly scaleOutCooldown: number;
  readonly scaleInCooldown: number;
}

/** A change of the desired count, as `DescribeScalingActivities` reports it. */
export interface Activity {
  /** Minutes since the tracking started. */
  readonly minute: number;
  readonly from: number;
  readonly to: number;
  readonly cause: string;
}

/**
 * Minutes above the target, and below 90 % of it, after which the alarms of a target tracking policy go into `ALARM`.
 */
const MINUTES_HIGH = 3;
const MINUTES_LOW = 15;
const LOW_SHARE = 0.9;

/**
 * Target tracking, evaluated each minute. It scales out after a short time with too many requests, and in after a long
 * time with few.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html
 */
export class TargetTracking {
  readonly #capacity: Capacity;
  #settings: TrackingSettings;
  #minute = 0;
  #minutesHigh = 0;
  #minutesLow = 0;
  #lastScaleOut = Number.NEGATIVE_INFINITY;
  #lastScaleIn = Number.NEGATIVE_INFINITY;
  readonly activities: Activity[] = [];

  constructor(capacity: Capacity, settings: TrackingSettings) {
    this.#capacity = capacity;
    this.#settings = settings;
  }

  configure(settings: TrackingSettings): void {
    this.#settings = settings;
  }

  /**
   * Evaluates a minute.
   *
   * @param requests number of requests in this minute.
   */
  observe(requests: number): void {
    this.#minute += 1;
    const { minimum, maximum, target } = this.#settings;
    const current = this.#capacity.get();
    const limited = Math.min(Math.max(current, minimum), maximum);
    if (limited !== current) {
      this.#change(current, limited, "the desired count was outside of its limits");
      return;
    }
    const perTask = requests / Math.max(current, 1);
    this.#minutesHigh = perTask > target ? this.#minutesHigh + 1 : 0;
    this.#minutesLow = perTask < target * LOW_SHARE ? this.#minutesLow + 1 : 0;
    const needed = Math.min(Math.max(Math.ceil(requests / target), minimum), maximum);
    if (
      this.#minutesHigh >= MINUTES_HIGH &&
      needed > current &&
      this.#hasCooledDown(this.#lastScaleOut, "scaleOutCooldown")
    ) {
      this.#lastScaleOut = this.#minute;
      this.#change(current, needed, `${MINUTES_HIGH} minutes above ${target} requests per task`);
    } else if (this.#minutesLow >= MINUTES_LOW && needed < current && this.#mayScaleIn()) {
      this.#lastScaleIn = this.#minute;
      this.#change(current, needed, `${MINUTES_LOW} minutes below ${target * LOW_SHARE} requests per task`);
    }
  }

  /** Scaling in waits for the cooldown after each change. */
  #mayScaleIn(): boolean {
    return (
      this.#hasCooledDown(this.#lastScaleIn, "scaleInCooldown") &&
      this.#hasCooledDown(this.#lastScaleOut, "scaleInCooldown")
    );
  }

  #hasCooledDown(since: number, cooldown: "scaleOutCooldown" | "scaleInCooldown"): boolean {
    return (this.#minute - since) * 60 >= this.#settings[cooldown];
  }

  #change(from: number, to: number, cause: string): void {
    this.#minutesHigh = 0;
    this.#minutesLow = 0;
    this.#capacity.set(to);
    this.activities.push({ minute: this.#minute, from, to, cause });
  }
}
