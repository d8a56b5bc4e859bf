import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { authorizedFunction } from "../authorized-function.ts";
import { functionDescription } from "../function-description.ts";
import type { LambdaContext } from "./context.ts";

export const getFunctionConfiguration =
  ({ registry }: Pick<LambdaContext, "registry">) =>
  (input: RestInput, call: Call): object => {
    const resolved = authorizedFunction(registry, input, call, "lambda:GetFunctionConfiguration");
    return functionDescription(resolved, resolved.invokedArn);
  };
