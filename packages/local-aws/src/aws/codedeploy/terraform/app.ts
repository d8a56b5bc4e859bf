import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const appResource: ResourceHandler = {
  type: "aws_codedeploy_app",
  identifiers: { arn: "codedeploy:*:application:{name}" },
};
