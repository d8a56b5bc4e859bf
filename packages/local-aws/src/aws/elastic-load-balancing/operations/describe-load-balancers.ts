import { AwsError } from "../../../runtime/error.ts";
import type { LoadBalancer } from "../load-balancer.ts";
import type { LoadBalancers } from "../load-balancers.ts";
import { ANY_RESOURCE, type FormOperation, members } from "./form.ts";

export function describeLoadBalancers(loadBalancers: LoadBalancers): FormOperation {
  return (input, call) => {
    call.authorize("elasticloadbalancing:DescribeLoadBalancers", ANY_RESOURCE);
    const [arns, names] = [members(input, "LoadBalancerArns"), members(input, "Names")];
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
