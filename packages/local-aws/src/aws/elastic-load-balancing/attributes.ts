import { block, number, optionalText, text } from "../../provider/attributes.ts";
import type { Attributes } from "../../provider/resource.ts";
import { AwsError } from "../../runtime/error.ts";
import type {
  Action,
  Condition,
  HealthCheck,
  Listener,
  LoadBalancerSettings,
  Rule,
  TargetGroupSettings,
  WeightedTargetGroup,
} from "./model.ts";

/** Terraform's attributes in our own words. What the stand-in cannot do is refused by name, never left out in silence. */

export const unsupported = (what: string): AwsError =>
  new AwsError("UnsupportedOperation", `The local stand-in does not support ${what}.`);

export function balancerOf(attributes: Attributes): LoadBalancerSettings {
  const mode = text(attributes.xff_header_processing_mode) || "append";
  return {
    arn: text(attributes.arn),
    name: text(attributes.name),
    idleTimeout: number(attributes.idle_timeout, 60),
    dropInvalidHeaderFields: attributes.drop_invalid_header_fields === true,
    forwardedFor: mode === "preserve" || mode === "remove" ? mode : "append",
    forwardedClientPort: attributes.enable_xff_client_port === true,
  };
}

const RESPONSE_HEADERS: Readonly<Record<string, string>> = {
  access_control_allow_credentials: "Access-Control-Allow-Credentials",
  access_control_allow_headers: "Access-Control-Allow-Headers",
  access_control_allow_methods: "Access-Control-Allow-Methods",
  access_control_allow_origin: "Access-Control-Allow-Origin",
  access_control_expose_headers: "Access-Control-Expose-Headers",
  access_control_max_age: "Access-Control-Max-Age",
  content_security_policy: "Content-Security-Policy",
  strict_transport_security: "Strict-Transport-Security",
  x_content_type_options: "X-Content-Type-Options",
  x_frame_options: "X-Frame-Options",
};

export function listenerOf(attributes: Attributes): Listener {
  const { protocol, port } = attributes;
  if (protocol !== "HTTP" && protocol !== "HTTPS") throw unsupported(`a listener for ${text(protocol)}`);
  const given = Object.entries(RESPONSE_HEADERS).flatMap(([argument, name]): [string, string | null][] => {
    const value = optionalText(attributes[`routing_http_response_${argument}_header_value`]);
    return value === undefined ? [] : [[name, value]];
  });
  if (attributes.routing_http_response_server_enabled === false) given.push(["Server", null]);
  return {
    arn: text(attributes.arn),
    loadBalancerArn: text(attributes.load_balancer_arn),
    port: number(port, protocol === "HTTPS" ? 443 : 80),
    protocol,
    defaultAction: actionOf(attributes.default_action),
    responseHeaders: Object.fromEntries(given),
  };
}

export function ruleOf(attributes: Attributes): Rule {
  return {
    arn: text(attributes.arn),
    listenerArn: text(attributes.listener_arn),
    priority: number(attributes.priority, 0),
    conditions: (attributes.condition as Attributes[]).flatMap(conditionsOf),
    action: actionOf(attributes.action),
  };
}

/** A condition block may hold several kinds, all of which must hold. */
function conditionsOf(condition: Attributes): Condition[] {
  const values = (name: string): string[] => (block(condition[name]).values as string[] | undefined) ?? [];
  const simple = (["path_pattern", "host_header", "http_request_method", "source_ip"] as const).flatMap(
    (name): Condition[] => {
      const field = name.replaceAll("_", "-") as "path-pattern" | "host-header" | "http-request-method" | "source-ip";
      return values(name).length === 0 ? [] : [{ field, values: values(name) }];
    },
  );
  const headerName = optionalText(block(condition.http_header).http_header_name);
  const query = ((condition.query_string as Attributes[] | null | undefined) ?? []).map(({ key, value }) => ({
    key: text(key),
    value: text(value),
  }));
  return [
    ...simple,
    ...(headerName === undefined
      ? []
      : [{ field: "http-header" as const, name: headerName, values: values("http_header") }]),
    ...(query.length === 0 ? [] : [{ field: "query-string" as const, values: query }]),
  ];
}

function actionOf(actions: unknown): Action {
  const [action = {}, ...more] = actions as Attributes[];
  if (more.length > 0) throw unsupported("several actions of one rule, which only authentication needs");
  switch (action.type) {
    case "forward":
      return { type: "forward", targetGroups: targetGroupsOf(action) };
    case "fixed-response": {
      const fixed = block(action.fixed_response);
      return {
        type: "fixed-response",
        status: Number(optionalText(fixed.status_code) ?? 200),
        contentType: text(fixed.content_type),
        body: text(fixed.message_body),
      };
    }
    case "redirect": {
      const redirect = block(action.redirect);
      return {
        type: "redirect",
        status: redirect.status_code === "HTTP_302" ? 302 : 301,
        protocol: optionalText(redirect.protocol) ?? "#{protocol}",
        host: optionalText(redirect.host) ?? "#{host}",
        port: optionalText(redirect.port) ?? "#{port}",
        path: optionalText(redirect.path) ?? "/#{path}",
        query: optionalText(redirect.query) ?? "#{query}",
      };
    }
    default:
      throw unsupported(`the action ${text(action.type)}`);
  }
}

function targetGroupsOf(action: Attributes): WeightedTargetGroup[] {
  const single = optionalText(action.target_group_arn);
  if (single !== undefined) return [{ arn: single, weight: 1 }];
  const forward = block(action.forward);
  if (block(forward.stickiness).enabled === true) throw unsupported("a client that sticks to its target group");
  return (forward.target_group as Attributes[]).map(({ arn, weight }) => ({
    arn: text(arn),
    weight: number(weight, 1),
  }));
}

export function targetGroupOf(attributes: Attributes): TargetGroupSettings {
  const { target_type, protocol, protocol_version, load_balancing_algorithm_type } = attributes;
  const targetType = optionalText(target_type) ?? "instance";
  if (targetType !== "lambda" && targetType !== "ip" && targetType !== "instance") {
    throw unsupported(`targets of type ${targetType}`);
  }
  if (targetType !== "lambda" && protocol !== "HTTP") throw unsupported(`targets that speak ${text(protocol)}`);
  if (!["", "HTTP1"].includes(text(protocol_version)))
    throw unsupported(`targets that speak ${text(protocol_version)}`);
  if (block(attributes.stickiness).enabled === true) throw unsupported("a client that sticks to its target");
  const algorithm = optionalText(load_balancing_algorithm_type) ?? "round_robin";
  if (algorithm !== "round_robin" && algorithm !== "least_outstanding_requests") throw unsupported(algorithm);
  return {
    arn: text(attributes.arn),
    name: text(attributes.name),
    targetType,
    port: typeof attributes.port === "number" ? attributes.port : undefined,
    algorithm,
    deregistrationDelay: Number(attributes.deregistration_delay ?? 300),
    multiValueHeaders: attributes.lambda_multi_value_headers_enabled === true,
    healthCheck: healthCheckOf(block(attributes.health_check), targetType === "lambda"),
  };
}

/** The defaults are the provider's own. https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lb_target_group#health_check */
function healthCheckOf(check: Attributes, isLambda: boolean): HealthCheck {
  return {
    // functions are checked only when that is asked for
    enabled: isLambda ? Object.keys(check).length > 0 && check.enabled !== false : check.enabled !== false,
    path: optionalText(check.path) ?? "/",
    matcher: optionalText(check.matcher) ?? "200",
    port: optionalText(check.port) ?? "traffic-port",
    interval: number(check.interval, isLambda ? 35 : 30),
    timeout: number(check.timeout, isLambda ? 30 : 5),
    healthyThreshold: number(check.healthy_threshold, 3),
    unhealthyThreshold: number(check.unhealthy_threshold, 3),
  };
}
