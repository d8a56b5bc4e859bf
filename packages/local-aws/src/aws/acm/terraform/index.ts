import type { TerraformParts } from "../../../provider/resource.ts";
import { certificateResource } from "./certificate.ts";

export const acmTerraform: TerraformParts = { resources: [certificateResource] };
