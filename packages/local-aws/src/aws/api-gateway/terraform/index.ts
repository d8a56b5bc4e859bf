import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { HttpApis } from "../http-apis.ts";
import { apiResource } from "./api.ts";
import { apiMappingResource } from "./api-mapping.ts";
import { authorizerResource } from "./authorizer.ts";
import { domainNameResource } from "./domain-name.ts";
import { integrationResource } from "./integration.ts";
import { routeResource } from "./route.ts";
import { stageResource } from "./stage.ts";

export interface TerraformDependencies {
  readonly apis: HttpApis;
  readonly newId: (length: number) => string;
}

/** The resource types. Changes take effect immediately on every stage. */
export function apiGatewayTerraform({ apis, newId }: TerraformDependencies): TerraformParts {
  return {
    resources: [
      apiResource(apis, newId),
      stageResource(apis, newId),
      routeResource(apis, newId),
      integrationResource(apis, newId),
      authorizerResource(apis, newId),
      domainNameResource(newId),
      apiMappingResource(apis.domains, newId),
    ],
  };
}
