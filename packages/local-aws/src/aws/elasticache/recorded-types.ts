import type { ResourceHandler } from "../../provider/resource.ts";
import { elasticacheParameterGroup } from "./terraform/parameter-group.ts";
import { elasticacheSubnetGroup } from "./terraform/subnet-group.ts";

/** Resource types of which nothing lives on this machine: they are recorded, with ids and ARNs of the right form. */
export const elasticacheRecordedTypes: readonly ResourceHandler[] = [elasticacheParameterGroup, elasticacheSubnetGroup];
