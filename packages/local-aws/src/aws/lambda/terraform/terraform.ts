import type { TerraformParts } from "../../../provider/resource.ts";
import type { EventInvokeConfigs } from "../event-invoke-configs.ts";
import type { EventSourceMappings } from "../event-source-mappings.ts";
import type { LambdaInvoker } from "../invoker.ts";
import type { Permissions } from "../permissions.ts";
import { aliasDataSource, aliasResource } from "./alias.ts";
import { eventInvokeConfigResource } from "./event-invoke-config.ts";
import { eventSourceMappingResource } from "./event-source-mapping.ts";
import { type FunctionResourceParts, functionDataSource, functionResource } from "./function.ts";
import { invocationResource } from "./invocation.ts";
import { permissionResource } from "./permission.ts";

export interface LambdaTerraformParts extends FunctionResourceParts {
  readonly permissions: Permissions;
  readonly mappings: EventSourceMappings;
  readonly eventInvokeConfigs: EventInvokeConfigs;
  readonly invoker: LambdaInvoker;
}

/** Lambda's resource types that are more than records. */
export function lambdaTerraform(parts: LambdaTerraformParts): TerraformParts {
  return {
    resources: [
      functionResource(parts),
      aliasResource(parts.registry),
      permissionResource(parts.registry, parts.permissions),
      eventSourceMappingResource(parts.registry, parts.mappings, parts.clock),
      eventInvokeConfigResource(parts.eventInvokeConfigs),
      invocationResource(parts.invoker),
    ],
    dataSources: [functionDataSource(parts.registry), aliasDataSource(parts.registry)],
  };
}
