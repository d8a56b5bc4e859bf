import type { TerraformParts } from "../../../provider/resource.ts";
import { acmCertificate } from "./certificate.ts";

export const acmTerraform: TerraformParts = { resources: [acmCertificate] };
