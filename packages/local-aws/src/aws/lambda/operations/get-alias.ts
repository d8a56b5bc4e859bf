import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { aliasDescription } from "../alias-description.ts";
import { authorizedAlias } from "../authorized-alias.ts";
import type { LambdaContext } from "./context.ts";

export const getAlias =
  ({ registry }: Pick<LambdaContext, "registry">) =>
  (input: RestInput, call: Call): object =>
    aliasDescription(authorizedAlias(registry, input, call, "lambda:GetAlias"));
