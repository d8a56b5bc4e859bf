import { type FormOperation, listMembers } from "../../../gateway/form-fields.ts";
import { AwsError } from "../../../runtime/error.ts";
import { ANY_RESOURCE } from "../any-resource.ts";
import type { LoadBalancer } from "../load-balancer.ts";
import type { ElasticLoadBalancingContext } from "./context.ts";

export function describeLoadBalancers({ loadBalancers }: ElasticLoadBalancingContext): FormOperation {
  return (input, call) => {
    call.authorize("elasticloadbalancing:DescribeLoadBalancers", ANY_RESOURCE);
    const [arns, names] = [listMembers(input, "LoadBalancerArns"), listMembers(input, "Names")];
    for (const arn of arns) loadBalancers.get(arn);
    const found = loadBalancers
      .all()
      .filter(
        ({ settings }) =>
          (arns.length === 0 || arns.includes(settings.arn)) && (names.length === 0 || names.includes(settings.name)),
      );
    if (names.length > found.length && arns.length === 0)
      throw new AwsError("LoadBalancerNotFound", `Load balancers '[${names.join(", ")}]' not found`);
    return { LoadBalancers: { member: found.map(describe) } };
  };
}

function describe({ settings, address }: LoadBalancer) {
  return {
    LoadBalancerArn: settings.arn,
    LoadBalancerName: settings.name,
    DNSName: address,
    Type: "application",
    State: { Code: "active" },
  };
}
