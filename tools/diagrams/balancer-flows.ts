import type { Resource, SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import { type Flow, flow, referred } from "./flow.ts";

/** Load balancers send requests to their targets, by the rules of their listeners. */
export function balancerFlows(stacks: SynthesizedStacks): Flow[] {
  const listeners = stacks.ofType("aws_lb_listener");
  const forwards = [
    ...listeners.map((listener) => ({ listener, action: listener.attributes.default_action, by: listener })),
    ...stacks.ofType("aws_lb_listener_rule").flatMap((rule) =>
      referred(stacks, rule, rule.attributes.listener_arn, "aws_lb_listener").map((listener) => ({
        listener,
        action: rule.attributes.action,
        by: rule,
      })),
    ),
  ];
  return forwards.flatMap(({ listener, action, by }) =>
    referred(stacks, listener, listener.attributes.load_balancer_arn, "aws_lb").flatMap((balancer) =>
      referred(stacks, by, action, "aws_lb_target_group").flatMap((group) =>
        targetsOf(stacks, group).map((target) => flow(balancer, target)),
      ),
    ),
  );
}

/** What a target group sends its requests to. */
export function targetsOf(stacks: SynthesizedStacks, group: Resource): Resource[] {
  const hasGroup = (one: Resource, value: unknown) => referred(stacks, one, value, group.type).includes(group);
  return [
    ...stacks
      .ofType("aws_lb_target_group_attachment")
      .filter((one) => hasGroup(one, one.attributes.target_group_arn))
      .flatMap((one) => stacks.references(one.stack, one.attributes.target_id)),
    ...stacks.ofType("aws_ecs_service").filter((one) => hasGroup(one, one.attributes.load_balancer)),
    ...stacks.ofType("aws_autoscaling_group").filter((one) => hasGroup(one, one.attributes.target_group_arns)),
  ];
}
