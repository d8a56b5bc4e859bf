import type { FormOperation } from "../../../gateway/form-fields.ts";
import { ANY_RESOURCE } from "../any-resource.ts";
import { requestedTargets } from "../requested-targets.ts";
import type { Target, TargetHealth } from "../target.ts";
import type { ElasticLoadBalancingContext } from "./context.ts";

export function describeTargetHealth({ targetGroups }: ElasticLoadBalancingContext): FormOperation {
  return (input, call) => {
    call.authorize("elasticloadbalancing:DescribeTargetHealth", ANY_RESOURCE);
    const all = targetGroups.health(input.TargetGroupArn ?? "");
    const requested = requestedTargets(input);
    const found = requested.length === 0 ? all : requested.map((target) => healthOf(target, all));
    return { TargetHealthDescriptions: { member: found.map(describe) } };
  };
}

function healthOf(requested: Target, all: readonly TargetHealth[]): TargetHealth {
  const found = all.find(
    ({ target }) => target.id === requested.id && (requested.port === undefined || target.port === requested.port),
  );
  const description = "Target is not registered to the target group";
  return found ?? { target: requested, state: "unused", reason: "Target.NotRegistered", description };
}

function describe({ target, state, reason, description }: TargetHealth) {
  return {
    Target: { Id: target.id, Port: target.port },
    HealthCheckPort: target.port,
    TargetHealth: { State: state, Reason: reason, Description: description },
  };
}
