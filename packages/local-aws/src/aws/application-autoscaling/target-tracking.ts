/** What is scaled: the wanted number of copies of a service. */
export interface Capacity {
  get(): number;
  set(value: number): void;
}

export interface TrackingSettings {
  readonly minimum: number;
  readonly maximum: number;
  /** Requests a minute for each copy. */
  readonly target: number;
  /** Seconds. */
  readonly scaleOutCooldown: number;
  readonly scaleInCooldown: number;
}

/** A change of capacity, as `DescribeScalingActivities` tells it. */
export interface Activity {
  /** Minutes since the tracking began. */
  readonly minute: number;
  readonly from: number;
  readonly to: number;
  readonly cause: string;
}

/** Minutes above the target, and below nine tenths of it, after which the alarms of a target tracking policy go off. */
const MINUTES_HIGH = 3;
const MINUTES_LOW = 15;
const LOW_SHARE = 0.9;

/**
 * Target tracking, minute by minute: enough copies at once when there are too many requests, fewer only when there have been few for long.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html
 */
export class TargetTracking {
  readonly #capacity: Capacity;
  #settings: TrackingSettings;
  #minute = 0;
  #high = 0;
  #low = 0;
  #lastOut = Number.NEGATIVE_INFINITY;
  #lastIn = Number.NEGATIVE_INFINITY;
  readonly activities: Activity[] = [];

  constructor(capacity: Capacity, settings: TrackingSettings) {
    this.#capacity = capacity;
    this.#settings = settings;
  }

  configure(settings: TrackingSettings): void {
    this.#settings = settings;
  }

  /** Takes note of a minute in which so many requests came. */
  observe(requests: number): void {
    this.#minute += 1;
    const { minimum, maximum, target } = this.#settings;
    const current = this.#capacity.get();
    const within = Math.min(Math.max(current, minimum), maximum);
    if (within !== current) {
      this.#change(current, within, "the capacity was outside of its bounds");
      return;
    }
    const perCopy = requests / Math.max(current, 1);
    this.#high = perCopy > target ? this.#high + 1 : 0;
    this.#low = perCopy < target * LOW_SHARE ? this.#low + 1 : 0;
    const needed = Math.min(Math.max(Math.ceil(requests / target), minimum), maximum);
    if (this.#high >= MINUTES_HIGH && needed > current && this.#isOver(this.#lastOut, "scaleOutCooldown")) {
      this.#lastOut = this.#minute;
      this.#change(current, needed, `${MINUTES_HIGH} minutes above ${target} requests for each copy`);
    } else if (this.#low >= MINUTES_LOW && needed < current && this.#isCool()) {
      this.#lastIn = this.#minute;
      this.#change(current, needed, `${MINUTES_LOW} minutes below ${target * LOW_SHARE} requests for each copy`);
    }
  }

  /** After any change the copies that are left are given time before one is taken away. */
  #isCool(): boolean {
    return this.#isOver(this.#lastIn, "scaleInCooldown") && this.#isOver(this.#lastOut, "scaleInCooldown");
  }

  #isOver(since: number, cooldown: "scaleOutCooldown" | "scaleInCooldown"): boolean {
    return (this.#minute - since) * 60 >= this.#settings[cooldown];
  }

  #change(from: number, to: number, cause: string): void {
    this.#high = 0;
    this.#low = 0;
    this.#capacity.set(to);
    this.activities.push({ minute: this.#minute, from, to, cause });
  }
}
