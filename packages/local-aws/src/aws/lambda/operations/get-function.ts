import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { authorizedFunction } from "../authorized-function.ts";
import { functionDescription } from "../function-description.ts";
import type { LambdaContext } from "./context.ts";

export const getFunction =
  ({ registry }: Pick<LambdaContext, "registry">) =>
  (input: RestInput, call: Call): object => {
    const resolved = authorizedFunction(registry, input, call, "lambda:GetFunction");
    return {
      Configuration: functionDescription(resolved, resolved.invokedArn),
      Code: { RepositoryType: "S3" },
      Tags: {},
    };
  };
