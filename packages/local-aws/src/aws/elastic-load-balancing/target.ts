/**
 * A function or a process that handles requests. Every process is on this machine, so its port is sufficient to reach
 * it.
 */
export interface Target {
  /** Instance ID, IP address, or ARN of a function. */
  readonly id: string;
  /** On the loopback interface; undefined for a function. */
  readonly port?: number | undefined;
}

/**
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html#target-health-states
 */
export type TargetState = "initial" | "healthy" | "unhealthy" | "unused" | "draining" | "unavailable";

export interface TargetHealth {
  readonly target: Target;
  readonly state: TargetState;
  /** The reason code of AWS (`Target.ResponseCodeMismatch`) for every state but healthy. */
  readonly reason?: string | undefined;
  readonly description?: string | undefined;
}
