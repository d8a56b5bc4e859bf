import type { ResourceHandler } from "../../../provider/resource-handler.ts";

export const deliveryStreamResource: ResourceHandler = {
  type: "aws_kinesis_firehose_delivery_stream",
  identifiers: { arn: "firehose:*:deliverystream/{name}", arnIsId: true },
};
