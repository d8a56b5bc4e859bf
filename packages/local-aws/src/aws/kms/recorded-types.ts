import type { ResourceHandler } from "../../provider/resource.ts";
import { kmsAlias } from "./terraform/alias.ts";
import { kmsKey } from "./terraform/key.ts";

/** Resource types of which nothing lives on this machine: they are recorded, with ids and ARNs of the right form. */
export const kmsRecordedTypes: readonly ResourceHandler[] = [kmsAlias, kmsKey];
