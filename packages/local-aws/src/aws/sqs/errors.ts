import { AwsError } from "../../runtime/error.ts";

export function queueDoesNotExist(): AwsError {
  return new AwsError("QueueDoesNotExist", "The specified queue does not exist.");
}

export function invalidParameter(name: string, value: unknown, reason: string): AwsError {
  return new AwsError(
    "InvalidParameterValue",
    `Value ${String(value)} for parameter ${name} is invalid. Reason: ${reason}`,
  );
}

export function missingParameter(name: string): AwsError {
  return new AwsError("MissingParameter", `The request must contain the parameter ${name}.`);
}

/** @throws AwsError unless `value` is a whole number in the range, or absent. */
export function checkRange(name: string, value: number | undefined, minimum: number, maximum: number): void {
  if (value === undefined) return;
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return;
  throw invalidParameter(name, value, `Must be between ${minimum} and ${maximum}, if provided.`);
}
