export interface TargetGroupSettings {
  readonly arn: string;
  readonly name: string;
  readonly targetType: "lambda" | "ip" | "instance";
  /** Port of targets that are registered without one. */
  readonly port: number | undefined;
  readonly algorithm: "round_robin" | "least_outstanding_requests";
  /** Seconds that requests in flight may take after a target is deregistered. */
  readonly deregistrationDelay: number;
  /** Lambda targets receive and return all values of a header. */
  readonly multiValueHeaders: boolean;
  readonly healthCheck: HealthCheck;
}

export interface HealthCheck {
  readonly enabled: boolean;
  readonly path: string;
  /** Status codes: `200`, `200,202` or `200-299`. */
  readonly matcher: string;
  /** A port number, or `traffic-port` for the port of the target. */
  readonly port: string;
  /** Seconds. */
  readonly interval: number;
  readonly timeout: number;
  /** Consecutive checks. */
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}
