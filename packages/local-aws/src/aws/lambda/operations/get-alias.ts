import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { aliasDescription } from "./alias-description.ts";
import type { LambdaContext } from "./context.ts";
import { findAlias } from "./find-alias.ts";

export const getAlias =
  ({ registry }: Pick<LambdaContext, "registry">) =>
  (input: RestInput, call: Call): object =>
    aliasDescription(findAlias(registry, input, call, "lambda:GetAlias"));
