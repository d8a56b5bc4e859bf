import type { TerraformParts } from "../../../provider/resource-handler.ts";
import { recordResource } from "./record.ts";
import { zoneResource } from "./zone.ts";

export const route53Terraform: TerraformParts = { resources: [recordResource, zoneResource] };
