import type { FunctionConfiguration } from "./configuration.ts";
import { versionDescription } from "./function-description.ts";
import type { FunctionRegistry } from "./function-registry.ts";

/** Publishes a configuration and describes the version. */
export function publishConfiguration(registry: FunctionRegistry, configuration: FunctionConfiguration): object {
  const version = registry.publish(configuration);
  return versionDescription(registry.version(configuration.functionName, version));
}
