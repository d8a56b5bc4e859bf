import { readFileSync } from "node:fs";
import type { ProviderSchema } from "../schema.ts";

/** The part of hashicorp/aws that is served; made by `npm run schema`, never by hand. */
export function readSchema(): ProviderSchema {
  return JSON.parse(readFileSync(new URL("aws.generated.json", import.meta.url), "utf8")) as ProviderSchema;
}
