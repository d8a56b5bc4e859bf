import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import { authorizedConfiguration } from "../authorized-configuration.ts";
import { lambdaTime } from "../configuration.ts";
import { latestDescription } from "../function-description.ts";
import type { LambdaContext } from "./context.ts";

interface Body {
  readonly Description?: string;
  readonly Handler?: string;
  readonly MemorySize?: number;
  readonly Timeout?: number;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
}

const SUPPORTED = ["Description", "Environment", "Handler", "MemorySize", "Timeout"];

/** Terraform detects the change as drift. */
export const updateFunctionConfiguration =
  ({ registry, clock }: Pick<LambdaContext, "registry" | "clock">) =>
  (input: RestInput, call: Call): object => {
    const current = authorizedConfiguration(registry, input, call, "lambda:UpdateFunctionConfiguration");
    const body = JSON.parse(input.body || "{}") as Body;
    const unsupported = Object.keys(body).find((name) => !SUPPORTED.includes(name));
    if (unsupported !== undefined) {
      throw new AwsError(
        "InvalidParameterValueException",
        `The local AWS does not update ${unsupported} of a function, only ${SUPPORTED.join(", ")}.`,
      );
    }
    const changed = registry.change(current.functionName, {
      description: body.Description ?? current.description,
      handler: body.Handler ?? current.handler,
      memorySize: body.MemorySize ?? current.memorySize,
      timeout: body.Timeout ?? current.timeout,
      environment: body.Environment ? (body.Environment.Variables ?? {}) : current.environment,
      lastModified: lambdaTime(clock.now()),
    });
    return latestDescription(changed);
  };
