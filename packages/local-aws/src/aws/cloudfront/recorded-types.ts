import type { ResourceHandler } from "../../provider/resource.ts";
import { cloudfrontFunction } from "./terraform/function.ts";

/** Resource types of which nothing lives on this machine: they are recorded, with ids and ARNs of the right form. */
export const cloudfrontRecordedTypes: readonly ResourceHandler[] = [cloudfrontFunction];
