import type { TerraformParts } from "../../../provider/resource.ts";
import type { HttpApis } from "../http-apis.ts";
import { api } from "./api.ts";
import { apiMapping } from "./api-mapping.ts";
import { authorizer } from "./authorizer.ts";
import { domainName } from "./domain-name.ts";
import { integration } from "./integration.ts";
import { route } from "./route.ts";
import { stage } from "./stage.ts";

export interface TerraformDependencies {
  readonly apis: HttpApis;
  readonly newId: (length: number) => string;
}

/** The resource types. Changes take effect at once on every stage. */
export function apiGatewayTerraform({ apis, newId }: TerraformDependencies): TerraformParts {
  return {
    resources: [
      api(apis, newId),
      stage(apis, newId),
      route(apis, newId),
      integration(apis, newId),
      authorizer(apis, newId),
      domainName(newId),
      apiMapping(apis.domains, newId),
    ],
  };
}
