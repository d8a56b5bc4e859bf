import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { EventInvokeConfigs } from "../event-invoke-configs.ts";
import type { EventSourceMappings } from "../event-source-mappings.ts";
import type { LambdaInvoker } from "../invoker.ts";
import type { Permissions } from "../permissions.ts";
import { aliasDataSource, aliasResource } from "./alias.ts";
import { eventSourceMappingResource } from "./event-source-mapping.ts";
import { type FunctionResourceParts, functionDataSource, functionResource } from "./function.ts";
import { functionEventInvokeConfigResource } from "./function-event-invoke-config.ts";
import { invocationResource } from "./invocation.ts";
import { layerVersionResource } from "./layer-version.ts";
import { permissionResource } from "./permission.ts";

export interface LambdaTerraformParts extends FunctionResourceParts {
  readonly permissions: Permissions;
  readonly mappings: EventSourceMappings;
  readonly eventInvokeConfigs: EventInvokeConfigs;
  readonly invoker: LambdaInvoker;
}

export function lambdaTerraform(parts: LambdaTerraformParts): TerraformParts {
  const { registry, permissions, mappings, eventInvokeConfigs, invoker, clock } = parts;
  return {
    resources: [
      functionResource(parts),
      aliasResource(registry),
      permissionResource(registry, permissions),
      eventSourceMappingResource(registry, mappings, clock),
      functionEventInvokeConfigResource(eventInvokeConfigs),
      invocationResource(invoker),
      layerVersionResource,
    ],
    dataSources: [functionDataSource(registry), aliasDataSource(registry)],
  };
}
