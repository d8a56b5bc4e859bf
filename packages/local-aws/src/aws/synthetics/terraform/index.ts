import type { TerraformParts } from "../../../provider/resource-handler.ts";
import { type CanaryResourceParts, canaryResource } from "./canary.ts";

export function syntheticsTerraform(parts: CanaryResourceParts): TerraformParts {
  return { resources: [canaryResource(parts)] };
}
