import type { Call, RestInput } from "../../gateway/protocol.ts";
import { type FunctionConfiguration, functionArn } from "./configuration.ts";
import { parseFunctionName } from "./function-name.ts";
import type { FunctionRegistry } from "./function-registry.ts";
import { LATEST } from "./function-version.ts";

/**
 * The configuration of `$LATEST` of the function that the path of a request names, if its caller may perform the
 * action.
 *
 * @throws AwsError `AccessDenied` or `ResourceNotFoundException`.
 */
export function authorizedConfiguration(
  registry: FunctionRegistry,
  { path }: RestInput,
  call: Call,
  action: string,
): FunctionConfiguration {
  const { name } = parseFunctionName(path.FunctionName ?? "");
  call.authorize(action, functionArn(name));
  return registry.version(name, LATEST).configuration;
}
