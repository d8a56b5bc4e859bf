import type { DocumentedService } from "../../../lib/openapi/contract.ts";
import { components } from "./components.ts";
import type { JsonSchema } from "./json-schema.ts";
import { operationOf, pathOf } from "./operation.ts";
import { moveTitledSchemas, sortMembers } from "./schemas.ts";

export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

/**
 * The OpenAPI 3.1 document of the services. It is the same for the same sources: paths, operations and members are
 * sorted.
 */
export function createDocument(services: readonly DocumentedService[]): OpenApiDocument {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const { routes, contracts } of services) {
    for (const route of routes) {
      const contract = contracts[route.operation];
      if (!contract) throw new Error(`The operation ${route.operation} has no contract.`);
      const path = pathOf(route);
      paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, contract) };
    }
  }
  const schemas: Record<string, JsonSchema> = { ...components.schemas };
  return sortMembers({
    openapi: "3.1.1",
    info: {
      title: "Files",
      version: "1",
      description: "Upload, find, download, copy and delete files, and manage the users who may do so.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/", description: "The address from which this document was read" }],
    paths: moveTitledSchemas(paths, schemas),
    components: { ...components, schemas },
  });
}
