import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { aliasDescription } from "./alias-description.ts";
import type { LambdaContext } from "./context.ts";
import { resolveFunction } from "./resolve-function.ts";

export const listAliases =
  ({ registry }: Pick<LambdaContext, "registry">) =>
  (input: RestInput, call: Call): object => {
    const { configuration } = resolveFunction(registry, input, call, "lambda:ListAliases");
    return { Aliases: registry.aliases(configuration.functionName).map(aliasDescription) };
  };
