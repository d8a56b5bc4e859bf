import type { Call, RestInput } from "../../gateway/protocol.ts";
import type { Alias } from "./alias.ts";
import { functionArn } from "./configuration.ts";
import { parseFunctionName } from "./function-name.ts";
import type { FunctionRegistry } from "./function-registry.ts";

/**
 * The alias that the path of a request names, if its caller may perform the action on the function.
 *
 * @throws AwsError `AccessDenied` or `ResourceNotFoundException`.
 */
export function authorizedAlias(registry: FunctionRegistry, { path }: RestInput, call: Call, action: string): Alias {
  const { name: functionName } = parseFunctionName(path.FunctionName ?? "");
  call.authorize(action, functionArn(functionName));
  return registry.alias(functionName, path.Name ?? "");
}
