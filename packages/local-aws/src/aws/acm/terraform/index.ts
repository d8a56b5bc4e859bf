import type { TerraformParts } from "../../../provider/resource-handler.ts";
import { certificateResource } from "./certificate.ts";

export const acmTerraform: TerraformParts = { resources: [certificateResource] };
