import type { Call, RestInput } from "../../../gateway/protocol.ts";
import type { LambdaContext } from "./context.ts";
import { functionDescription } from "./function-description.ts";
import { resolveFunction } from "./resolve-function.ts";

export const getFunction =
  ({ registry }: Pick<LambdaContext, "registry">) =>
  (input: RestInput, call: Call): object => {
    const resolved = resolveFunction(registry, input, call, "lambda:GetFunction");
    return {
      Configuration: functionDescription(resolved, resolved.invokedArn),
      Code: { RepositoryType: "S3" },
      Tags: {},
    };
  };
