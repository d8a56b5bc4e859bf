import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const projectResource: ResourceHandler = {
  type: "aws_codebuild_project",
  identifiers: { arn: "codebuild:*:project/{name}" },
};
