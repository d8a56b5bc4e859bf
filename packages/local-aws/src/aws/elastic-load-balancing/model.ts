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

export interface Listener {
  readonly arn: string;
  readonly loadBalancerArn: string;
  /** The configured port, which targets receive in a header. The listener itself has a free port of this machine. */
  readonly port: number;
  readonly protocol: "HTTP" | "HTTPS";
  readonly defaultAction: Action;
  /** Headers that it sets on every response; `null` removes the header. */
  readonly responseHeaders: Readonly<Record<string, string | null>>;
}

export interface Rule {
  readonly arn: string;
  readonly listenerArn: string;
  /** The rule with the lowest number is evaluated first. */
  readonly priority: number;
  /** All of them must be met. */
  readonly conditions: readonly Condition[];
  readonly action: Action;
}

/** Met if one of its values matches. */
export type Condition =
  | { readonly field: "path-pattern" | "host-header" | "http-request-method" | "source-ip"; readonly values: string[] }
  | { readonly field: "http-header"; readonly name: string; readonly values: string[] }
  | { readonly field: "query-string"; readonly values: readonly { readonly key: string; readonly value: string }[] };

export type Action =
  | { readonly type: "forward"; readonly targetGroups: readonly WeightedTargetGroup[] }
  | {
      readonly type: "fixed-response";
      readonly status: number;
      readonly contentType: string;
      readonly body: string;
    }
  | ({ readonly type: "redirect" } & Redirect);

export interface WeightedTargetGroup {
  readonly arn: string;
  readonly weight: number;
}

/** The parts of the target URL: templates with `#{protocol}`, `#{host}`, `#{port}`, `#{path}` and `#{query}`. */
export interface Redirect {
  readonly status: 301 | 302;
  readonly protocol: string;
  readonly host: string;
  readonly port: string;
  readonly path: string;
  readonly query: string;
}

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
