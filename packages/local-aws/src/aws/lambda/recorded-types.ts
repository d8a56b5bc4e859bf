import type { ResourceHandler } from "../../provider/resource.ts";
import { lambdaLayerVersion } from "./terraform/layer-version.ts";

/** Resource types of which nothing lives on this machine: they are recorded, with ids and ARNs of the right form. */
export const lambdaRecordedTypes: readonly ResourceHandler[] = [lambdaLayerVersion];
