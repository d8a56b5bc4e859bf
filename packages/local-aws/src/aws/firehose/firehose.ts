import type { TerraformParts } from "../../provider/resource-handler.ts";
import { firehoseTerraform } from "./terraform/index.ts";

/** Firehose without an API: delivery streams are only recorded. */
export class Firehose {
  readonly terraform: TerraformParts = firehoseTerraform;
}
