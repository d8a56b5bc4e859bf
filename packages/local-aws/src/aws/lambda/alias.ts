import { AwsError } from "../../runtime/error.ts";
import { LATEST } from "./function-version.ts";

export interface Alias {
  readonly functionName: string;
  readonly name: string;
  readonly description: string;
  readonly functionVersion: string;
  /** By version: the share of the invocations, 0 to 1, that another version receives. */
  readonly additionalVersionWeights: Readonly<Record<string, number>>;
  /** Changes with each update, so that concurrent updates are detected. */
  readonly revisionId: string;
}

/**
 * Two versions at most, both published: https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
 *
 * @throws AwsError `InvalidParameterValueException`.
 */
export function checkWeights({ functionVersion, additionalVersionWeights }: Alias): void {
  const weights = Object.entries(additionalVersionWeights);
  if (weights.length > 1) throw invalid("Number of items in AdditionalVersionWeights cannot be greater than 1");
  for (const [version, weight] of weights) {
    if (version === LATEST || functionVersion === LATEST) {
      throw invalid("$LATEST is not supported for an alias pointing to more than 1 version");
    }
    if (version === functionVersion) {
      throw invalid(
        "Invalid function version, the same version cannot be in AdditionalVersionWeights and FunctionVersion",
      );
    }
    if (!(weight >= 0 && weight <= 1)) throw invalid("Weight must be between 0.0 and 1.0");
  }
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}
