import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const vpcSecurityGroupIngressRuleResource: ResourceHandler = {
  type: "aws_vpc_security_group_ingress_rule",
  identifiers: { id: "sgr", arn: "ec2:*:security-group-rule/{id}", computed: { security_group_rule_id: "{id}" } },
};
