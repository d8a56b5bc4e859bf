import type { TerraformParts } from "../../../provider/resource-handler.ts";
import { deliveryStreamResource } from "./delivery-stream.ts";

export const firehoseTerraform: TerraformParts = {
  resources: [deliveryStreamResource],
};
