import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const deploymentGroupResource: ResourceHandler = {
  type: "aws_codedeploy_deployment_group",
  identifiers: { arn: "codedeploy:*:deploymentgroup:{app_name}/{deployment_group_name}" },
};
