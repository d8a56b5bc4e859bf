import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { latestDescription } from "../function-description.ts";
import type { LambdaContext } from "./context.ts";

export const listFunctions =
  ({ registry }: Pick<LambdaContext, "registry">) =>
  (_: RestInput, call: Call): object => {
    call.authorize("lambda:ListFunctions", "*");
    return { Functions: registry.functions().map(latestDescription) };
  };
