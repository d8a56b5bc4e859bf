import type { LoadBalancers } from "../load-balancers.ts";
import { describeAction } from "./describe-action.ts";
import { ANY_RESOURCE, type FormOperation } from "./form.ts";

export function describeListeners(loadBalancers: LoadBalancers): FormOperation {
  return ({ LoadBalancerArn = "" }, call) => {
    call.authorize("elasticloadbalancing:DescribeListeners", ANY_RESOURCE);
    const { listeners } = loadBalancers.get(LoadBalancerArn);
    const member = listeners.map(({ arn, port, protocol, defaultAction }) => ({
      ListenerArn: arn,
      LoadBalancerArn,
      Port: port,
      Protocol: protocol,
      DefaultActions: { member: [describeAction(defaultAction)] },
    }));
    return { Listeners: { member } };
  };
}
