import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import { authorizedConfiguration } from "../authorized-configuration.ts";
import { publishConfiguration } from "../publish-configuration.ts";
import type { LambdaContext } from "./context.ts";

interface Body {
  readonly CodeSha256?: string;
  readonly Description?: string;
}

export const publishVersion =
  ({ registry }: Pick<LambdaContext, "registry">) =>
  (input: RestInput, call: Call): object => {
    const configuration = authorizedConfiguration(registry, input, call, "lambda:PublishVersion");
    const { CodeSha256, Description } = JSON.parse(input.body || "{}") as Body;
    if (CodeSha256 !== undefined && CodeSha256 !== configuration.codeSha256) {
      throw new AwsError(
        "InvalidParameterValueException",
        `CodeSHA256 (${CodeSha256}) is different from current CodeSHA256 in $LATEST (${configuration.codeSha256}). ` +
          "Please try again with the CodeSHA256 in $LATEST.",
      );
    }
    return publishConfiguration(registry, { ...configuration, description: Description || configuration.description });
  };
