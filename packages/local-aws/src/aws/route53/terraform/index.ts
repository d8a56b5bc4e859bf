import type { TerraformParts } from "../../../provider/resource.ts";
import { route53Record } from "./record.ts";
import { route53Zone } from "./zone.ts";

export const route53Terraform: TerraformParts = { resources: [route53Record, route53Zone] };
