import type { ResourceHandler } from "../../provider/resource.ts";
import { ssmParameter } from "./terraform/parameter.ts";

/** Resource types of which nothing lives on this machine: they are recorded, with ids and ARNs of the right form. */
export const ssmRecordedTypes: readonly ResourceHandler[] = [ssmParameter];
