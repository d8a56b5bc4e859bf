import { randomBytes } from "node:crypto";
import { optionalText, text } from "../../provider/attributes.ts";
import type { Attributes, ResourceHandler, TerraformParts } from "../../provider/resource.ts";
import { arn } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";
import { givenOrUniqueName } from "../../runtime/unique-name.ts";
import { balancerOf, listenerOf, ruleOf, targetGroupOf, unsupported } from "./attributes.ts";
import type { ElasticLoadBalancing } from "./elastic-load-balancing.ts";
import type { HealthCheck, Target } from "./model.ts";

/** Elastic Load Balancing's hosted zone in this region. https://docs.aws.amazon.com/general/latest/gr/elb.html */
const ZONE_ID = "Z35SXDOTRQ7X7K";
const MAX_PRIORITY = 50_000;

/** Load balancers and their parts as Terraform resources. A change of any of them is live at once. */
export function loadBalancingTerraform(service: ElasticLoadBalancing): TerraformParts {
  return {
    resources: [
      balancerResource(service),
      listenerResource(service),
      ruleResource(service),
      targetGroupResource(service),
      attachmentResource(service),
    ],
  };
}

const newId = () => randomBytes(8).toString("hex");

function balancerResource(service: ElasticLoadBalancing): ResourceHandler {
  return {
    type: "aws_lb",
    identifiers: { arn: "elasticloadbalancing:*:loadbalancer/app/{name}/{suffix}", arnIsId: true },
    identity: ({ name }) => optionalText(name),
    async create(planned) {
      if (planned.load_balancer_type !== "application")
        throw unsupported(`a load balancer of type ${text(planned.load_balancer_type)}`);
      const name = givenOrUniqueName(planned.name, planned.name_prefix ?? "tf-lb-");
      const suffix = `app/${name}/${newId()}`;
      const made = arn("elasticloadbalancing", `loadbalancer/${suffix}`);
      const balancer = await service.open({ ...balancerOf(planned), arn: made, name });
      return {
        id: made,
        arn: made,
        arn_suffix: suffix,
        name,
        dns_name: balancer.address,
        zone_id: ZONE_ID,
        internal: planned.internal === true,
        ip_address_type: "ipv4",
      };
    },
    start: async (attributes) => void (await service.open(balancerOf(attributes))),
    read: (attributes) => ({ dns_name: service.balancer(text(attributes.arn)).address }),
    async delete(attributes) {
      if (attributes.enable_deletion_protection === true) {
        const message = `Load balancer '${text(attributes.arn)}' cannot be deleted because deletion protection is enabled`;
        throw new AwsError("OperationNotPermitted", message);
      }
      await service.deleteBalancer(text(attributes.arn));
    },
  };
}

function listenerResource(service: ElasticLoadBalancing): ResourceHandler {
  return {
    type: "aws_lb_listener",
    identifiers: { arn: "elasticloadbalancing:*:listener/app/{suffix}", arnIsId: true },
    identity: ({ load_balancer_arn, port }) => optionalText(load_balancer_arn) && `${load_balancer_arn}:${port}`,
    create(planned) {
      const balancer = text(planned.load_balancer_arn);
      service.balancer(balancer);
      const made = `${balancer.replace(":loadbalancer/", ":listener/")}/${newId()}`;
      const { protocol } = listenerOf({ ...planned, arn: made, protocol: optionalText(planned.protocol) ?? "HTTP" });
      if (protocol === "HTTPS" && !planned.certificate_arn)
        throw new AwsError("CertificateNotFound", "A certificate must be specified for HTTPS listeners");
      return {
        id: made,
        arn: made,
        protocol,
        ssl_policy: protocol === "HTTPS" ? "ELBSecurityPolicy-2016-08" : "",
        routing_http_response_server_enabled: true,
      };
    },
    update(planned) {
      listenerOf(planned);
      return {};
    },
    start: (attributes) => service.putListener(listenerOf(attributes)),
    delete: ({ arn, load_balancer_arn }) =>
      service.deleteListener({ arn: text(arn), loadBalancerArn: text(load_balancer_arn) }),
  };
}

function ruleResource(service: ElasticLoadBalancing): ResourceHandler {
  const checkPriority = ({ arn, listener_arn, priority }: Attributes) => {
    const taken = service.rulesOf(text(listener_arn)).find((rule) => rule.priority === priority && rule.arn !== arn);
    if (taken) throw new AwsError("PriorityInUse", `Priority '${priority}' is currently in use`);
  };
  return {
    type: "aws_lb_listener_rule",
    identifiers: { arn: "elasticloadbalancing:*:listener-rule/app/{suffix}", arnIsId: true },
    create(planned) {
      checkPriority(planned);
      const listener = text(planned.listener_arn);
      const made = `${listener.replace(":listener/", ":listener-rule/")}/${newId()}`;
      const last = Math.max(0, ...service.rulesOf(listener).map(({ priority }) => priority));
      ruleOf({ ...planned, arn: made });
      return { id: made, arn: made, priority: Math.min(last + 1, MAX_PRIORITY) };
    },
    update(planned) {
      checkPriority(planned);
      ruleOf(planned);
      return {};
    },
    start: (attributes) => service.putRule(ruleOf(attributes)),
    delete: ({ arn, listener_arn }) => service.deleteRule({ arn: text(arn), listenerArn: text(listener_arn) }),
  };
}

function targetGroupResource(service: ElasticLoadBalancing): ResourceHandler {
  return {
    type: "aws_lb_target_group",
    identifiers: { arn: "elasticloadbalancing:*:targetgroup/{name}/{suffix}", arnIsId: true },
    identity: ({ name }) => optionalText(name),
    create(planned) {
      const name = givenOrUniqueName(planned.name, planned.name_prefix ?? "tf-");
      const suffix = `targetgroup/${name}/${newId()}`;
      const made = arn("elasticloadbalancing", suffix);
      const { targetType, algorithm, healthCheck } = targetGroupOf({ ...planned, arn: made, name });
      const isLambda = targetType === "lambda";
      return {
        id: made,
        arn: made,
        arn_suffix: suffix,
        name,
        protocol_version: isLambda ? "" : "HTTP1",
        ip_address_type: "ipv4",
        preserve_client_ip: "", // of network load balancers
        load_balancing_algorithm_type: isLambda ? "" : algorithm,
        load_balancing_cross_zone_enabled: isLambda ? "" : "use_load_balancer_configuration",
        load_balancing_anomaly_mitigation: isLambda ? "" : "off",
        health_check: [computedOf(healthCheck)],
      };
    },
    update(planned) {
      const { healthCheck } = targetGroupOf(planned);
      return { health_check: [computedOf(healthCheck)] };
    },
    start: (attributes) => service.putGroup(targetGroupOf(attributes)),
    read: (attributes) => ({
      load_balancer_arns: service.balancersOf(text(attributes.arn)).map(({ settings }) => settings.arn),
    }),
    delete: (attributes) => service.deleteGroup(text(attributes.arn)),
  };
}

/** What the provider leaves to AWS when a check does not say it. */
const computedOf = ({ path, matcher, timeout }: HealthCheck) => ({ path, matcher, timeout });

function attachmentResource(service: ElasticLoadBalancing): ResourceHandler {
  const targetOf = ({ target_id, port }: Attributes): Target => ({
    id: text(target_id),
    port: typeof port === "number" ? port : undefined,
  });
  return {
    type: "aws_lb_target_group_attachment",
    create(planned) {
      const group = text(planned.target_group_arn);
      service.checkTarget(group, targetOf(planned));
      return { id: `${group}-${newId()}` };
    },
    start: (attributes) => service.register(text(attributes.target_group_arn), targetOf(attributes)),
    delete: (attributes) => service.deregister(text(attributes.target_group_arn), targetOf(attributes)),
  };
}
