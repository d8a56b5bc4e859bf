/** A load balancer's own settings, in seconds where they are times. */
export interface LoadBalancerSettings {
  readonly arn: string;
  readonly name: string;
  /** Seconds without a byte after which a connection is given up. */
  readonly idleTimeout: number;
  readonly dropInvalidHeaderFields: boolean;
  readonly forwardedFor: "append" | "preserve" | "remove";
  readonly forwardedClientPort: boolean;
}

export interface Listener {
  readonly arn: string;
  readonly loadBalancerArn: string;
  /** As configured, which is what targets are told; the listener itself has a free port of this machine. */
  readonly port: number;
  readonly protocol: "HTTP" | "HTTPS";
  readonly defaultAction: Action;
  /** Headers that it puts on every answer; `null` takes one away. */
  readonly responseHeaders: Readonly<Record<string, string | null>>;
}

export interface Rule {
  readonly arn: string;
  readonly listenerArn: string;
  /** The lowest is asked first. */
  readonly priority: number;
  /** All of them must hold. */
  readonly conditions: readonly Condition[];
  readonly action: Action;
}

/** Holds when one of its values does. */
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

/** Where a client is sent: templates with `#{protocol}`, `#{host}`, `#{port}`, `#{path}` and `#{query}`. */
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
  /** Of targets that do not name their own. */
  readonly port: number | undefined;
  readonly algorithm: "round_robin" | "least_outstanding_requests";
  /** Seconds that requests under way may take when a target is deregistered. */
  readonly deregistrationDelay: number;
  /** Lambda targets get, and answer, all values of a header. */
  readonly multiValueHeaders: boolean;
  readonly healthCheck: HealthCheck;
}

export interface HealthCheck {
  readonly enabled: boolean;
  readonly path: string;
  /** Status codes: `200`, `200,202` or `200-299`. */
  readonly matcher: string;
  /** Of the target, unless it is `traffic-port`. */
  readonly port: string;
  /** Seconds. */
  readonly interval: number;
  readonly timeout: number;
  /** Checks in a row. */
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

/** Something that answers requests. Every target is on this machine, so its port alone leads to it. */
export interface Target {
  /** Instance id, address, or a function's ARN. */
  readonly id: string;
  /** On the loopback interface; none for a function. */
  readonly port?: number | undefined;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html#target-health-states */
export type TargetState = "initial" | "healthy" | "unhealthy" | "unused" | "draining" | "unavailable";

export interface TargetHealth {
  readonly target: Target;
  readonly state: TargetState;
  /** AWS's code for any state but healthy: `Target.ResponseCodeMismatch`. */
  readonly reason?: string | undefined;
  readonly description?: string | undefined;
}
