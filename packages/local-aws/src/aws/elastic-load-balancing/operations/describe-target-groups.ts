import { type FormOperation, listMembers } from "../../../gateway/form-fields.ts";
import { AwsError } from "../../../runtime/error.ts";
import { ANY_RESOURCE } from "../any-resource.ts";
import type { LoadBalancers } from "../load-balancers.ts";
import type { TargetGroup } from "../target-group.ts";
import type { ElasticLoadBalancingContext } from "./context.ts";

export function describeTargetGroups({ targetGroups, loadBalancers }: ElasticLoadBalancingContext): FormOperation {
  return (input, call) => {
    call.authorize("elasticloadbalancing:DescribeTargetGroups", ANY_RESOURCE);
    const [arns, names] = [listMembers(input, "TargetGroupArns"), listMembers(input, "Names")];
    for (const arn of arns) targetGroups.get(arn);
    const found = targetGroups
      .all()
      .filter(
        ({ settings }) =>
          (arns.length === 0 || arns.includes(settings.arn)) && (names.length === 0 || names.includes(settings.name)),
      );
    if (names.length > found.length && arns.length === 0)
      throw new AwsError("TargetGroupNotFound", `Target groups '[${names.join(", ")}]' not found`);
    return { TargetGroups: { member: found.map((group) => describe(group, loadBalancers)) } };
  };
}

function describe({ settings }: TargetGroup, loadBalancers: LoadBalancers) {
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
    LoadBalancerArns: { member: loadBalancers.arnsByTargetGroup(settings.arn) },
  };
}
