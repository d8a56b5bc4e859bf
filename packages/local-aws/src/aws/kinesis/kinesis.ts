import type { TerraformParts } from "../../provider/resource-handler.ts";
import { kinesisTerraform } from "./terraform/index.ts";

/** Kinesis without an API: streams are only recorded. */
export class Kinesis {
  readonly terraform: TerraformParts = kinesisTerraform;
}
