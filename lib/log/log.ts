import type { Logger } from "@aws-lambda-powertools/logger";

/**
 * Where a program writes what happened: one JSON line each, with the Lambda request id.
 * Callers pass names, numbers, keys and request ids; never a secret, a header, a query string or a presigned URL.
 */
export type Log = Pick<Logger, "debug" | "info" | "warn" | "error">;

/**
 * What of an error is written: enough to find the fault, without the extra fields that libraries hang on their errors
 * (requests with their headers, rows with their content).
 */
export interface ErrorDescription {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: ErrorDescription;
}

/** The loggable part of anything that was thrown. */
export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { name: "NotAnError", message: `Thrown: ${typeof error}` };
  const { name, message, stack, cause } = error;
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  return {
    name,
    message: withoutQueries(message),
    ...code,
    ...(stack === undefined ? {} : { stack: withoutQueries(stack) }),
    ...(cause instanceof Error ? { cause: describeError(cause) } : {}),
  };
}

/** A presigned URL's query is a credential; a library may put the URL into its message. */
const withoutQueries = (text: string): string => text.replace(/(\bhttps?:\/\/[^\s?#"']*)\?[^\s"']*/gi, "$1?…");
