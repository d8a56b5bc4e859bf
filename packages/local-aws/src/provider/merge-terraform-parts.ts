import type { TerraformParts } from "./resource-handler.ts";

/** The resources and data sources of several services. */
export function mergeTerraformParts(parts: readonly TerraformParts[]): Required<TerraformParts> {
  return {
    resources: parts.flatMap(({ resources = [] }) => resources),
    dataSources: parts.flatMap(({ dataSources = [] }) => dataSources),
    ephemerals: parts.flatMap(({ ephemerals = [] }) => ephemerals),
  };
}
