import type { TerraformParts } from "../../../provider/resource.ts";
import { kinesisFirehoseDeliveryStream } from "./delivery-stream.ts";

export const firehoseTerraform: TerraformParts = {
  resources: [kinesisFirehoseDeliveryStream],
};
