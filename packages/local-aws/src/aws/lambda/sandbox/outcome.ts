import type { Report } from "./invocation-log.ts";
import { MAX_RESPONSE_BYTES } from "./runtime-api.ts";

/** What ends the wait for an execution environment. */
export type Signal =
  | { readonly kind: "ready" | "timeout" | "out-of-memory" | "too-large" }
  | { readonly kind: "response" | "error" | "init-error"; readonly payload: string }
  | { readonly kind: "exit"; readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** When the parts of an invocation began and ended, in milliseconds since the epoch. */
interface InvocationPhases {
  /** Only of a cold start. */
  readonly initStartedAt?: number | undefined;
  readonly startedAt: number;
  /** When the function returned its result; what follows is overhead of the runtime. */
  readonly respondedAt: number;
  readonly endedAt: number;
}

/** The result of an invocation. */
export interface Outcome {
  /** JSON text: the return value of the handler, or the error object. */
  readonly payload: string;
  readonly functionError?: "Unhandled" | undefined;
  readonly logTail: string;
  readonly phases: InvocationPhases;
}

/**
 * The result of an invocation, with Lambda's error messages.
 *
 * @param timeout of the function, in seconds.
 */
export function outcomeOf(
  signal: Signal,
  requestId: string,
  timeout: number,
): Pick<Outcome, "payload" | "functionError"> {
  const failure = (message: string) => ({
    functionError: "Unhandled" as const,
    payload: JSON.stringify({ errorType: errorTypeOf(signal), errorMessage: message }),
  });
  const prefix = `RequestId: ${requestId} Error: `;
  switch (signal.kind) {
    case "response":
      return { payload: signal.payload };
    case "error":
    case "init-error":
      return { functionError: "Unhandled", payload: signal.payload };
    case "too-large":
      return failure(`Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`);
    case "timeout":
      return failure(`${prefix}Task timed out after ${timeout.toFixed(2)} seconds`);
    case "out-of-memory":
      return failure(`${prefix}Runtime exited with error: signal: killed`);
    case "exit":
      return failure(`${prefix}Runtime exited ${exitReason(signal.code, signal.signal)}`);
    case "ready":
      return failure(`${prefix}Runtime requested the next invocation without a response to this one`);
  }
}

/** Lambda's error type; for an error that the function reported, its own type. */
export function errorTypeOf(signal: Signal): string {
  switch (signal.kind) {
    case "init-error":
    case "error":
      return errorTypeIn(signal.payload);
    case "timeout":
      return "Sandbox.Timedout";
    case "out-of-memory":
      return "Runtime.OutOfMemory";
    case "too-large":
      return "Function.ResponseSizeTooLarge";
    default:
      return "Runtime.ExitError";
  }
}

/** The status in the REPORT line. An error that the handler threw counts as a success. */
export function reportedStatus(signal: Signal): Pick<Report, "status" | "errorType"> {
  if (signal.kind === "timeout") return { status: "timeout" };
  if (signal.kind === "response" || signal.kind === "error") return { status: "success" };
  return { status: "error", errorType: errorTypeOf(signal) };
}

function exitReason(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal !== null) return `with error: signal: ${signal}`;
  return code === 0 ? "without providing a reason" : `with error: exit status ${code}`;
}

function errorTypeIn(payload: string): string {
  try {
    return String((JSON.parse(payload) as { errorType?: unknown }).errorType);
  } catch {
    return "Runtime.Unknown";
  }
}
