/** A service level objective: the share of the requests that must be good within {@link OBJECTIVE_DAYS}. */
export interface Objective {
  /** Construct ID; in kebab case it is part of the names of its alarms. */
  readonly id: string;
  readonly system: "files" | "hello" | "releases" | "shout" | "sum";
  readonly kind: "availability" | "latency";
  /** What a good request is: `answered without a 5xx status`. */
  readonly good: string;
  /** The percentage of good requests. What remains to 100 % is the error budget. */
  readonly target: number;
  readonly indicator: Indicator;
  /** The name of the alarm on errors of the system, of which somebody has been notified already. */
  readonly suppressedBy?: string | undefined;
}

/** How bad requests are measured. */
export interface Indicator {
  /** Metric math: the percentage of bad requests in a period. */
  readonly badPercentage: string;
  /** The metrics in the expression, by ID. `requests` is the number of requests. */
  readonly metrics: Readonly<Record<string, IndicatorMetric>> & { readonly requests: IndicatorMetric };
}

export interface IndicatorMetric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** `Sum`, or the percentage of the values up to a limit, such as `PR(:500)`. */
  readonly statistic: "Sum" | `PR(:${number})`;
}

/** Days over which an error budget is spent. */
export const OBJECTIVE_DAYS = 30;
