import { functionArn } from "./configuration.ts";
import { LATEST } from "./function-version.ts";

/** An asynchronous invocation, as it is stored until it is completed. */
export interface AsyncInvocation {
  readonly requestId: string;
  readonly functionName: string;
  readonly qualifier: string | undefined;
  /** JSON text. */
  readonly payload: string;
  /** The tracing header for all attempts. */
  readonly traceHeader?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly acceptedAt: number;
  /** Number of times that the function has run. */
  readonly attempts: number;
  /** Time of the next attempt, in milliseconds since the epoch. */
  readonly notBefore: number;
}

export type DestinationCondition = "Success" | "RetriesExhausted" | "EventAgeExceeded";

/** The result of the last attempt. */
export interface LastResponse {
  readonly payload: string;
  readonly functionError?: string | undefined;
  readonly executedVersion: string;
}

/**
 * The record that a destination receives.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 *
 * @param response undefined when the function has not run.
 */
export function destinationRecord(
  invocation: AsyncInvocation,
  condition: DestinationCondition,
  response: LastResponse | undefined,
  now: number,
): string {
  return JSON.stringify({
    version: "1.0",
    timestamp: new Date(now).toISOString(),
    requestContext: {
      requestId: invocation.requestId,
      functionArn: functionArn(invocation.functionName, invocation.qualifier ?? LATEST),
      condition,
      approximateInvokeCount: invocation.attempts,
    },
    requestPayload: parse(invocation.payload),
    ...(response && {
      responseContext: {
        statusCode: 200,
        executedVersion: response.executedVersion,
        ...(response.functionError !== undefined && { functionError: response.functionError }),
      },
      responsePayload: parse(response.payload),
    }),
  });
}

/** The attributes of a message in a dead-letter queue, whose body is the event. */
export function deadLetterAttributes(
  invocation: AsyncInvocation,
  response: LastResponse | undefined,
): Record<string, string> {
  const { errorMessage } = (parse(response?.payload ?? "{}") ?? {}) as { errorMessage?: unknown };
  return {
    RequestID: invocation.requestId,
    ErrorCode: response ? "200" : "429",
    // The first 1 KB: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
    ErrorMessage: String(errorMessage ?? "").slice(0, 1024),
  };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
