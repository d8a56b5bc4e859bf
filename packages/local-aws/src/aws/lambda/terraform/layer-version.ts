import type { ResourceHandler } from "../../../provider/resource.ts";

export const layerVersionResource: ResourceHandler = {
  type: "aws_lambda_layer_version",
  fileArgument: "filename",
};
