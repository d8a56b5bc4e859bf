import type { Report } from "./invocation-log.ts";
import { MAX_RESPONSE_BYTES } from "./runtime-api.ts";

/** What ends a wait for the sandbox. */
export type Signal =
  | { readonly kind: "ready" | "timeout" | "out-of-memory" | "too-large" }
  | { readonly kind: "response" | "error" | "init-error"; readonly payload: string }
  | { readonly kind: "exit"; readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** What an invocation answers. */
export interface Outcome {
  /** JSON text: what the handler returned, or the error object. */
  readonly payload: string;
  readonly functionError?: "Unhandled" | undefined;
  readonly logTail: string;
}

/** The answer to an invocation that ended so, in Lambda's words. `timeout` is the function's, in seconds. */
export function outcomeOf(signal: Signal, requestId: string, timeout: number): Omit<Outcome, "logTail"> {
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
      return failure(`${prefix}Runtime asked for the next invocation without an answer to this one`);
  }
}

/** Lambda's name for how it ended; that of an error which the function reported is its own. */
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

/** The status of the REPORT line: an error that the handler threw is a success of the platform. */
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
