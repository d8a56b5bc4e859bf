import { block, number, optionalText, text, texts } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { ACCOUNT_ID, arn } from "../../../runtime/account.ts";
import { AwsError } from "../../../runtime/error.ts";
import type { LaunchTemplates } from "../../ec2/launch-templates.ts";
import type { GroupSettings } from "../auto-scaling-group.ts";
import type { AutoScalingGroups } from "../auto-scaling-groups.ts";

export function groupResource(groups: AutoScalingGroups, templates: LaunchTemplates): ResourceHandler {
  return {
    type: "aws_autoscaling_group",
    identifiers: {
      computed: {
        default_cooldown: 300,
        service_linked_role_arn: `arn:aws:iam::${ACCOUNT_ID}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
      },
    },
    identity: ({ name }) => optionalText(name),
    create: ({ name }) => ({
      id: text(name),
      arn: arn("autoscaling", `autoScalingGroup:*:autoScalingGroupName/${text(name)}`),
    }),
    start: (attributes) => groups.put(settingsOf(attributes, templates)),
    delete: (attributes) => groups.delete(text(attributes.name)),
  };
}

function settingsOf(attributes: Attributes, templates: LaunchTemplates): GroupSettings {
  const id = text(block(attributes.launch_template).id);
  const template = templates.find(id);
  if (!template) {
    throw new AwsError(
      "ValidationError",
      `You must use a valid fully-formed launch template. The launch template ${id} does not exist.`,
    );
  }
  const minimum = number(attributes.min_size, 0);
  return {
    name: text(attributes.name),
    desiredCapacity: Math.max(number(attributes.desired_capacity, minimum), minimum),
    template,
    targetGroupArns: texts(attributes.target_group_arns),
    usesLoadBalancerHealth: attributes.health_check_type === "ELB",
    gracePeriod: number(attributes.health_check_grace_period, 300),
  };
}
