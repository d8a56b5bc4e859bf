import type { TerraformParts } from "../../../provider/resource.ts";
import { deliveryStreamResource } from "./delivery-stream.ts";

export const firehoseTerraform: TerraformParts = {
  resources: [deliveryStreamResource],
};
