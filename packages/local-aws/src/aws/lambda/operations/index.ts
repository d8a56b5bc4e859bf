import type { RestOperation } from "../../../gateway/protocol.ts";
import type { LambdaContext } from "./context.ts";
import { deleteFunction } from "./delete-function.ts";
import { getAlias } from "./get-alias.ts";
import { getEventSourceMapping } from "./get-event-source-mapping.ts";
import { getFunction } from "./get-function.ts";
import { getFunctionConfiguration } from "./get-function-configuration.ts";
import { getPolicy } from "./get-policy.ts";
import { invoke } from "./invoke.ts";
import { listAliases } from "./list-aliases.ts";
import { listEventSourceMappings } from "./list-event-source-mappings.ts";
import { listFunctions } from "./list-functions.ts";
import { listVersionsByFunction } from "./list-versions-by-function.ts";
import { publishVersion } from "./publish-version.ts";
import { updateAlias } from "./update-alias.ts";
import { updateFunctionCode } from "./update-function-code.ts";
import { updateFunctionConfiguration } from "./update-function-configuration.ts";

export function lambdaOperations(context: LambdaContext) {
  return {
    DeleteFunction: deleteFunction(context),
    GetAlias: getAlias(context),
    GetEventSourceMapping: getEventSourceMapping(context),
    GetFunction: getFunction(context),
    GetFunctionConfiguration: getFunctionConfiguration(context),
    GetPolicy: getPolicy(context),
    Invoke: invoke(context),
    ListAliases: listAliases(context),
    ListEventSourceMappings: listEventSourceMappings(context),
    ListFunctions: listFunctions(context),
    ListVersionsByFunction: listVersionsByFunction(context),
    PublishVersion: publishVersion(context),
    UpdateAlias: updateAlias(context),
    UpdateFunctionCode: updateFunctionCode(context),
    UpdateFunctionConfiguration: updateFunctionConfiguration(context),
  } satisfies Record<string, RestOperation>;
}
