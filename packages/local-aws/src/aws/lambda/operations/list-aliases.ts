import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { aliasDescription } from "../alias-description.ts";
import { authorizedFunction } from "../authorized-function.ts";
import type { LambdaContext } from "./context.ts";

export const listAliases =
  ({ registry }: Pick<LambdaContext, "registry">) =>
  (input: RestInput, call: Call): object => {
    const { configuration } = authorizedFunction(registry, input, call, "lambda:ListAliases");
    return { Aliases: registry.aliases(configuration.functionName).map(aliasDescription) };
  };
