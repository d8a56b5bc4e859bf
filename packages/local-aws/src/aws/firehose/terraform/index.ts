import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { FirehoseContext } from "../operations/context.ts";
import { deliveryStreamResource } from "./delivery-stream.ts";

export function firehoseTerraform(context: FirehoseContext): TerraformParts {
  return { resources: [deliveryStreamResource(context)] };
}
