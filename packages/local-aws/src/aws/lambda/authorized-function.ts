import type { Call, RestInput } from "../../gateway/protocol.ts";
import { functionArn } from "./configuration.ts";
import { parseFunctionName } from "./function-name.ts";
import type { FunctionRegistry } from "./function-registry.ts";
import type { ResolvedFunction } from "./function-version.ts";

/**
 * The function version that the path and the `Qualifier` of a request name, if its caller may perform the action on it.
 *
 * @throws AwsError `AccessDenied` or `ResourceNotFoundException`.
 */
export function authorizedFunction(
  registry: FunctionRegistry,
  { path, query }: RestInput,
  call: Call,
  action: string,
): ResolvedFunction {
  const reference = path.FunctionName ?? "";
  const qualifier = query.get("Qualifier") ?? undefined;
  const { name, qualifier: ownQualifier } = parseFunctionName(reference);
  call.authorize(action, functionArn(name, qualifier ?? ownQualifier));
  return registry.resolve(reference, qualifier);
}
