import { type Call, type RestInput, RestResponse } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import { authorizedFunction } from "../authorized-function.ts";
import { LATEST } from "../function-version.ts";
import type { LambdaContext } from "./context.ts";

export const deleteFunction =
  ({ registry }: Pick<LambdaContext, "registry">) =>
  (input: RestInput, call: Call): RestResponse => {
    const { configuration, qualifier } = authorizedFunction(registry, input, call, "lambda:DeleteFunction");
    if (qualifier === undefined || qualifier === LATEST) {
      throw new AwsError(
        "InvalidParameterValueException",
        "The local AWS deletes single versions only: a function is deleted with its Terraform resource.",
      );
    }
    registry.deleteVersion(configuration.functionName, qualifier);
    return new RestResponse(204, "");
  };
