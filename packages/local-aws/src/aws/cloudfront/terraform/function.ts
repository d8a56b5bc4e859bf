import type { ResourceHandler } from "../../../provider/resource.ts";

export const cloudfrontFunction: ResourceHandler = {
  type: "aws_cloudfront_function",
  identifiers: { arn: "cloudfront::@:function/{name}" },
};
