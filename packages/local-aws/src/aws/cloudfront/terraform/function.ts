import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const functionResource: ResourceHandler = {
  type: "aws_cloudfront_function",
  identifiers: { arn: "cloudfront::@:function/{name}" },
};
