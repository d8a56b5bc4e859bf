import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { authorizedFunction } from "../authorized-function.ts";
import { versionDescription } from "../function-description.ts";
import { LATEST } from "../function-version.ts";
import type { LambdaContext } from "./context.ts";

export const listVersionsByFunction =
  ({ registry }: Pick<LambdaContext, "registry">) =>
  (input: RestInput, call: Call): object => {
    const { functionName } = authorizedFunction(registry, input, call, "lambda:ListVersionsByFunction").configuration;
    const latest = registry.version(functionName, LATEST);
    return { Versions: [latest, ...registry.versions(functionName)].map(versionDescription) };
  };
