import { systemClock } from "../time/clock.ts";
import { daemonEmitter } from "./daemon.ts";
import { parseTraceHeader } from "./trace-header.ts";
import { Tracer } from "./tracer.ts";

/**
 * The tracer of a Lambda function. Lambda records the segment of the function, and sets these variables: the trace of
 * each invocation, and the address of its daemon.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export const functionTracer = new Tracer({
  outerContext: () => parseTraceHeader(process.env._X_AMZN_TRACE_ID),
  emit: daemonEmitter(() => process.env.AWS_XRAY_DAEMON_ADDRESS),
  clock: systemClock,
});
