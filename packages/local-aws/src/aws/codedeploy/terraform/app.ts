import type { ResourceHandler } from "../../../provider/resource.ts";

export const codedeployApp: ResourceHandler = {
  type: "aws_codedeploy_app",
  identifiers: { arn: "codedeploy:*:application:{name}" },
};
