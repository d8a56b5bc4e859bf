import { onTestFinished, vi } from "vitest";

/** Until the end of the test, clients of the SDK send this tracing header, as they do in a function. */
export function sendTraceHeader(header: string): void {
  vi.stubEnv("AWS_LAMBDA_FUNCTION_NAME", "app");
  vi.stubEnv("_X_AMZN_TRACE_ID", header);
  onTestFinished(() => void vi.unstubAllEnvs());
}
