/** The settings of a load balancer. Durations are in seconds. */
export interface LoadBalancerSettings {
  readonly arn: string;
  readonly name: string;
  /** Seconds without a byte after which a connection is closed. */
  readonly idleTimeout: number;
  readonly dropInvalidHeaderFields: boolean;
  readonly forwardedFor: "append" | "preserve" | "remove";
  readonly forwardedClientPort: boolean;
}
