import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const layerVersionResource: ResourceHandler = {
  type: "aws_lambda_layer_version",
  fileArgument: "filename",
};
