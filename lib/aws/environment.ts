import { InvalidEnvironmentError } from "../environment/parse-environment.ts";
import { systemClock } from "../time/clock.ts";
import { daemonEmitter } from "../tracing/daemon.ts";
import { parseTraceHeader } from "../tracing/trace-header.ts";
import { Tracer } from "../tracing/tracer.ts";
import type { AwsAccess } from "./access.ts";
import type { AwsService } from "./service.ts";

// These variables change while a program runs, or are needed only by some programs, so they are not settings of one.

/**
 * The endpoint of a service by the variables of the SDKs:
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export const environmentEndpoint = ({ variable }: AwsService): string | undefined =>
  process.env[`AWS_ENDPOINT_URL_${variable}`] || process.env.AWS_ENDPOINT_URL || undefined;

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

/**
 * The access of a Lambda function: its role's credentials are environment variables. They are read when they are
 * needed and not when a module is loaded.
 */
export const functionAccess: AwsAccess = {
  get region() {
    return required("AWS_REGION");
  },
  credentials: async () => ({
    accessKeyId: required("AWS_ACCESS_KEY_ID"),
    secretAccessKey: required("AWS_SECRET_ACCESS_KEY"),
    sessionToken: process.env.AWS_SESSION_TOKEN || undefined,
  }),
  endpoint: environmentEndpoint,
  tracer: functionTracer,
};

/** @throws InvalidEnvironmentError */
function required(variable: string): string {
  const value = process.env[variable];
  if (!value) throw new InvalidEnvironmentError([variable]);
  return value;
}
