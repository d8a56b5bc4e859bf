import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { LATEST } from "../function-version.ts";
import type { LambdaContext } from "./context.ts";
import { versionDescription } from "./function-description.ts";
import { resolveFunction } from "./resolve-function.ts";

export const listVersionsByFunction =
  ({ registry }: Pick<LambdaContext, "registry">) =>
  (input: RestInput, call: Call): object => {
    const { functionName } = resolveFunction(registry, input, call, "lambda:ListVersionsByFunction").configuration;
    const latest = registry.version(functionName, LATEST);
    return { Versions: [latest, ...registry.versions(functionName)].map(versionDescription) };
  };
