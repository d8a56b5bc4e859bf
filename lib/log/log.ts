import { redact } from "./redact.ts";

/**
 * The log of a program: one line of JSON per entry, with the Lambda request ID.
 * Callers pass names, numbers, keys and request IDs; never a secret, a header, a query string or a presigned URL.
 */
export interface Log {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

/** The members of an entry besides its message, of any JSON type. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * The part of an error that is logged: enough to find the cause, without the fields that libraries add to their errors
 * (requests with their headers, rows with their content).
 */
export interface ErrorDescription {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: ErrorDescription;
}

/** The loggable part of any thrown value. */
export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { name: "NotAnError", message: `Thrown: ${typeof error}` };
  const { name, message, stack, cause } = error;
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  return {
    name,
    message: redact(message),
    ...code,
    ...(stack === undefined ? {} : { stack: redact(stack) }),
    ...(cause instanceof Error ? { cause: describeError(cause) } : {}),
  };
}
