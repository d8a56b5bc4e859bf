import { block, number, optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { arn } from "../../../runtime/account.ts";
import { unsupported } from "../../../runtime/error.ts";
import { configuredOrUniqueName } from "../../../runtime/unique-name.ts";
import type { LoadBalancers } from "../load-balancers.ts";
import type { HealthCheck, TargetGroupSettings } from "../target-group-settings.ts";
import type { TargetGroups } from "../target-groups.ts";
import { newIdentifier } from "./identifier.ts";

export function targetGroupResource(targetGroups: TargetGroups, loadBalancers: LoadBalancers): ResourceHandler {
  return {
    type: "aws_lb_target_group",
    identity: ({ name }) => optionalText(name),
    create(planned) {
      const name = configuredOrUniqueName(planned.name, planned.name_prefix ?? "tf-");
      const suffix = `targetgroup/${name}/${newIdentifier()}`;
      const groupArn = arn("elasticloadbalancing", suffix);
      const { targetType, algorithm, healthCheck } = settingsOf({ ...planned, arn: groupArn, name });
      const isLambda = targetType === "lambda";
      return {
        id: groupArn,
        arn: groupArn,
        arn_suffix: suffix,
        name,
        protocol_version: isLambda ? "" : "HTTP1",
        ip_address_type: "ipv4",
        preserve_client_ip: "", // Of network load balancers only.
        load_balancing_algorithm_type: isLambda ? "" : algorithm,
        load_balancing_cross_zone_enabled: isLambda ? "" : "use_load_balancer_configuration",
        load_balancing_anomaly_mitigation: isLambda ? "" : "off",
        health_check: [computedOf(healthCheck)],
      };
    },
    update(planned) {
      const { healthCheck } = settingsOf(planned);
      return { health_check: [computedOf(healthCheck)] };
    },
    start: (attributes) => targetGroups.put(settingsOf(attributes)),
    read: (attributes) => ({ load_balancer_arns: loadBalancers.arnsByTargetGroup(text(attributes.arn)) }),
    delete: (attributes) => targetGroups.delete(text(attributes.arn)),
  };
}

/** The arguments of a health check that AWS computes if the configuration omits them. */
function computedOf({ path, matcher, timeout }: HealthCheck): Attributes {
  return { path, matcher, timeout };
}

function settingsOf(attributes: Attributes): TargetGroupSettings {
  const { target_type, protocol, protocol_version, load_balancing_algorithm_type } = attributes;
  const targetType = optionalText(target_type) ?? "instance";
  if (targetType !== "lambda" && targetType !== "ip" && targetType !== "instance") {
    throw unsupported(`targets of type ${targetType}`);
  }
  if (targetType !== "lambda" && protocol !== "HTTP") throw unsupported(`targets with protocol ${text(protocol)}`);
  if (!["", "HTTP1"].includes(text(protocol_version)))
    throw unsupported(`targets with protocol version ${text(protocol_version)}`);
  if (block(attributes.stickiness).enabled === true) throw unsupported("stickiness of target groups");
  const algorithm = optionalText(load_balancing_algorithm_type) ?? "round_robin";
  if (algorithm !== "round_robin" && algorithm !== "least_outstanding_requests")
    throw unsupported(`the load balancing algorithm ${algorithm}`);
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

/**
 * The defaults are those of the provider.
 * https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lb_target_group#health_check
 */
function healthCheckOf(check: Attributes, isLambda: boolean): HealthCheck {
  return {
    // Functions are checked only if the configuration has a health check.
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
