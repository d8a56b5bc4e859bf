import { AwsError } from "../../runtime/error.ts";

/** @param resource kind and, where the request may concern several, name: `log group`, `log group /app`. */
export function notFound(resource: string): AwsError {
  return new AwsError("ResourceNotFoundException", `The specified ${resource} does not exist.`);
}

export function alreadyExists(resource: "log group" | "log stream"): AwsError {
  return new AwsError("ResourceAlreadyExistsException", `The specified ${resource} already exists`);
}

export function invalidFilterPattern(pattern: string): AwsError {
  return new AwsError(
    "InvalidParameterException",
    `The filter pattern is invalid, or the local AWS does not support it: ${pattern}`,
  );
}
