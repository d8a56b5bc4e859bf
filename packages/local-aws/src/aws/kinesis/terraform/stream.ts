import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const streamResource: ResourceHandler = {
  type: "aws_kinesis_stream",
  identifiers: { arn: "kinesis:*:stream/{name}", arnIsId: true },
};
