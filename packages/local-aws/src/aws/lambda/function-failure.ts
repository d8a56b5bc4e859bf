import type { FunctionFailure } from "../../runtime/traffic.ts";
import type { ResolvedFunction } from "./function-version.ts";
import type { Outcome } from "./sandbox/outcome.ts";

/** Lines that Lambda itself logs, as text or JSON. */
const PLATFORM_LINE = /^(INIT_START|INIT_REPORT|START|END|REPORT) |"type":"platform\./;

/** What an observer is told about an invocation that failed. */
export function failureOf(
  { configuration, qualifier }: ResolvedFunction,
  requestId: string,
  { payload, logTail }: Outcome,
  failedAt: number,
): FunctionFailure {
  const { functionName } = configuration;
  const lines = logTail.split("\n").filter((line) => line.trim() !== "" && !PLATFORM_LINE.test(line));
  return {
    functionName: qualifier === undefined ? functionName : `${functionName}:${qualifier}`,
    requestId,
    failedAt,
    ...errorIn(payload),
    lastLogLine: lines.at(-1),
  };
}

/** @param payload JSON text: the error object of an invocation. */
export function errorIn(payload: string): Pick<FunctionFailure, "errorType" | "message"> {
  const { errorType = "Error", errorMessage = payload } = parse(payload);
  return { errorType: String(errorType), message: String(errorMessage) };
}

function parse(payload: string): { readonly errorType?: unknown; readonly errorMessage?: unknown } {
  try {
    return Object(JSON.parse(payload));
  } catch {
    return {};
  }
}
