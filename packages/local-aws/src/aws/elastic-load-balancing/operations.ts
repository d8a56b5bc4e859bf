import type { Call } from "../../gateway/protocol.ts";
import { arn } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";
import type { ElasticLoadBalancing } from "./elastic-load-balancing.ts";
import type { LoadBalancer } from "./load-balancer.ts";
import type { Action, Rule, Target, TargetHealth } from "./model.ts";
import type { TargetGroup } from "./target-group.ts";

/** Form fields as they came. */
type Form = Readonly<Record<string, string>>;

const ANY = arn("elasticloadbalancing", "*");

/**
 * The actions of Elastic Load Balancing, by AWS's names. Load balancers, listeners and groups are made and changed by Terraform alone; targets
 * come and go by themselves, and are not remembered over a restart: whoever brought them brings them again.
 */
export function loadBalancingOperations(
  service: ElasticLoadBalancing,
): Readonly<Record<string, (input: Form, call: Call) => unknown>> {
  return {
    DescribeLoadBalancers(input, call) {
      call.authorize("elasticloadbalancing:DescribeLoadBalancers", ANY);
      const [arns, names] = [members(input, "LoadBalancerArns"), members(input, "Names")];
      for (const one of arns) service.balancer(one);
      const found = service.balancers.filter(
        ({ settings }) =>
          (arns.length === 0 || arns.includes(settings.arn)) && (names.length === 0 || names.includes(settings.name)),
      );
      if (names.length > found.length && arns.length === 0)
        throw new AwsError("LoadBalancerNotFound", `Load balancers '[${names.join(", ")}]' not found`);
      return { LoadBalancers: { member: found.map(describeBalancer) } };
    },
    DescribeListeners({ LoadBalancerArn = "" }, call) {
      call.authorize("elasticloadbalancing:DescribeListeners", ANY);
      const { listeners } = service.balancer(LoadBalancerArn);
      const member = listeners.map(({ arn: ListenerArn, port, protocol, defaultAction }) => ({
        ListenerArn,
        LoadBalancerArn,
        Port: port,
        Protocol: protocol,
        DefaultActions: { member: [describeAction(defaultAction)] },
      }));
      return { Listeners: { member } };
    },
    DescribeRules({ ListenerArn = "" }, call) {
      call.authorize("elasticloadbalancing:DescribeRules", ANY);
      const rules = service.rulesOf(ListenerArn).toSorted((one, other) => one.priority - other.priority);
      return { Rules: { member: rules.map(describeRule) } };
    },
    DescribeTargetGroups(input, call) {
      call.authorize("elasticloadbalancing:DescribeTargetGroups", ANY);
      const [arns, names] = [members(input, "TargetGroupArns"), members(input, "Names")];
      for (const one of arns) service.group(one);
      const found = service.groups.filter(
        ({ settings }) =>
          (arns.length === 0 || arns.includes(settings.arn)) && (names.length === 0 || names.includes(settings.name)),
      );
      if (names.length > found.length && arns.length === 0)
        throw new AwsError("TargetGroupNotFound", `Target groups '[${names.join(", ")}]' not found`);
      return { TargetGroups: { member: found.map((group) => describeGroup(group, service)) } };
    },
    DescribeTargetHealth(input, call) {
      call.authorize("elasticloadbalancing:DescribeTargetHealth", ANY);
      const all = service.health(input.TargetGroupArn ?? "");
      const wanted = targets(input);
      const found = wanted.length === 0 ? all : wanted.map((target) => healthOf(target, all));
      return { TargetHealthDescriptions: { member: found.map(describeHealth) } };
    },
    RegisterTargets(input, call) {
      const { TargetGroupArn = "" } = input;
      call.authorize("elasticloadbalancing:RegisterTargets", TargetGroupArn);
      for (const target of targets(input)) service.checkTarget(TargetGroupArn, target);
      for (const target of targets(input)) service.register(TargetGroupArn, target);
    },
    DeregisterTargets(input, call) {
      const { TargetGroupArn = "" } = input;
      call.authorize("elasticloadbalancing:DeregisterTargets", TargetGroupArn);
      for (const target of targets(input)) service.deregister(TargetGroupArn, target);
    },
  };
}

function describeBalancer({ settings, address }: LoadBalancer) {
  return {
    LoadBalancerArn: settings.arn,
    LoadBalancerName: settings.name,
    DNSName: address,
    Type: "application",
    State: { Code: "active" },
  };
}

function describeGroup({ settings }: TargetGroup, service: ElasticLoadBalancing) {
  const { healthCheck } = settings;
  return {
    TargetGroupArn: settings.arn,
    TargetGroupName: settings.name,
    TargetType: settings.targetType,
    ...(settings.targetType !== "lambda" && { Protocol: "HTTP", Port: settings.port, ProtocolVersion: "HTTP1" }),
    HealthCheckEnabled: healthCheck.enabled,
    HealthCheckPath: healthCheck.path,
    HealthCheckPort: healthCheck.port,
    HealthCheckIntervalSeconds: healthCheck.interval,
    HealthCheckTimeoutSeconds: healthCheck.timeout,
    HealthyThresholdCount: healthCheck.healthyThreshold,
    UnhealthyThresholdCount: healthCheck.unhealthyThreshold,
    Matcher: { HttpCode: healthCheck.matcher },
    LoadBalancerArns: { member: service.balancersOf(settings.arn).map((balancer) => balancer.settings.arn) },
  };
}

function describeRule({ arn: RuleArn, priority, conditions, action }: Rule) {
  const member = conditions.map((condition) =>
    condition.field === "query-string"
      ? { Field: condition.field, QueryStringConfig: { Values: { member: condition.values.map(keyAndValue) } } }
      : { Field: condition.field, Values: { member: condition.values } },
  );
  return { RuleArn, Priority: priority, Conditions: { member }, Actions: { member: [describeAction(action)] } };
}

const keyAndValue = ({ key, value }: { readonly key: string; readonly value: string }) => ({ Key: key, Value: value });

function describeAction(action: Action) {
  if (action.type !== "forward") return { Type: action.type };
  const [only, ...more] = action.targetGroups;
  const member = action.targetGroups.map((group) => ({ TargetGroupArn: group.arn, Weight: group.weight }));
  return {
    Type: action.type,
    ...(more.length === 0 && { TargetGroupArn: only?.arn }),
    ForwardConfig: { TargetGroups: { member } },
  };
}

function describeHealth({ target, state, reason, description }: TargetHealth) {
  return {
    Target: { Id: target.id, Port: target.port },
    HealthCheckPort: target.port,
    TargetHealth: { State: state, Reason: reason, Description: description },
  };
}

function healthOf(wanted: Target, all: readonly TargetHealth[]): TargetHealth {
  const found = all.find(
    ({ target }) => target.id === wanted.id && (wanted.port === undefined || target.port === wanted.port),
  );
  const description = "Target is not registered to the target group";
  return found ?? { target: wanted, state: "unused", reason: "Target.NotRegistered", description };
}

/** `<list>.member.1`, `<list>.member.2`, … */
function members(input: Form, list: string): string[] {
  const found: string[] = [];
  for (
    let value = input[`${list}.member.1`];
    value !== undefined;
    value = input[`${list}.member.${found.length + 1}`]
  ) {
    found.push(value);
  }
  return found;
}

function targets(input: Form): Target[] {
  const found: Target[] = [];
  for (let number = 1; ; number += 1) {
    const id = input[`Targets.member.${number}.Id`];
    if (id === undefined) return found;
    const port = input[`Targets.member.${number}.Port`];
    found.push({ id, ...(port !== undefined && { port: Number(port) }) });
  }
}
