import type { FormOperation } from "../../../gateway/form-fields.ts";
import { actionDescription } from "../action-description.ts";
import { ANY_RESOURCE } from "../any-resource.ts";
import type { ElasticLoadBalancingContext } from "./context.ts";

export function describeListeners({ loadBalancers }: ElasticLoadBalancingContext): FormOperation {
  return ({ LoadBalancerArn = "" }, call) => {
    call.authorize("elasticloadbalancing:DescribeListeners", ANY_RESOURCE);
    const { listeners } = loadBalancers.get(LoadBalancerArn);
    const member = listeners.map(({ arn, port, protocol, defaultAction }) => ({
      ListenerArn: arn,
      LoadBalancerArn,
      Port: port,
      Protocol: protocol,
      DefaultActions: { member: [actionDescription(defaultAction)] },
    }));
    return { Listeners: { member } };
  };
}
