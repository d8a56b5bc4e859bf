import type { ResourceHandler } from "../../../provider/resource.ts";

export const codebuildProject: ResourceHandler = {
  type: "aws_codebuild_project",
  identifiers: { arn: "codebuild:*:project/{name}" },
};
