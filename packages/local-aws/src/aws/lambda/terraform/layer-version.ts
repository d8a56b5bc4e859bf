import type { ResourceHandler } from "../../../provider/resource.ts";

export const lambdaLayerVersion: ResourceHandler = {
  type: "aws_lambda_layer_version",
  fileArgument: "filename",
};
