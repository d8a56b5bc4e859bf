import { randomUUID } from "node:crypto";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import type { TrafficObserver } from "../../runtime/traffic.ts";
import type { MetricSink } from "../cloudwatch/metric-sink.ts";
import type { SegmentSink } from "../xray/segment-sink.ts";
import type { AsyncQueue } from "./async-queue.ts";
import type { AsyncInvocation } from "./destination.ts";
import { failureOf } from "./function-failure.ts";
import type { FunctionRegistry } from "./function-registry.ts";
import type { FunctionRunner } from "./function-runner.ts";
import type { ResolvedFunction } from "./function-version.ts";
import { publishInvocation, publishThrottle } from "./invocation-metrics.ts";
import { type EventAttempt, InvocationTrace, type TraceOrigin } from "./invocation-trace.ts";
import type { FunctionPermissions, Invocation, InvocationResult, InvocationSource, LambdaInvoker } from "./invoker.ts";
import type { Permissions } from "./permissions.ts";

/** 6 MB and 1 MB: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_PAYLOAD_BYTES = { RequestResponse: 6_291_456, Event: 1_048_576 };

export interface FunctionInvokerOptions {
  readonly registry: FunctionRegistry;
  readonly permissions: Permissions;
  readonly runner: FunctionRunner;
  readonly metrics: MetricSink;
  readonly clock: Clock;
  readonly onFailure?: TrafficObserver["onFunctionFailure"];
  readonly segments: SegmentSink;
  readonly maySendSegments: (roleArn: string) => boolean;
  /** Accepts an asynchronous invocation. */
  readonly accept: AsyncQueue["accept"];
}

/** Checks invocations and runs them, or accepts them for later. */
export class FunctionInvoker implements LambdaInvoker, FunctionPermissions {
  readonly #options: FunctionInvokerOptions;

  constructor(options: FunctionInvokerOptions) {
    this.#options = options;
  }

  async invoke(invocation: Invocation): Promise<InvocationResult> {
    const { registry, permissions, accept } = this.#options;
    const { functionName, payload, type, source } = invocation;
    const target = registry.resolve(functionName, invocation.qualifier);
    const { qualifier, configuration, invokedArn } = target;
    permissions.check(configuration.functionName, qualifier, source, invokedArn);
    checkPayload(payload, type);
    if (type === "Event") {
      accept(configuration.functionName, qualifier, payload, invocation.traceHeader);
      return { payload: "", executedVersion: target.version, logTail: "" };
    }
    return this.#run(target, payload, randomUUID(), invocation);
  }

  /** Runs an accepted asynchronous invocation. */
  async runAccepted(invocation: AsyncInvocation): Promise<InvocationResult> {
    const { functionName, qualifier, payload, requestId, traceHeader, acceptedAt, attempts } = invocation;
    const target = this.#options.registry.resolve(functionName, qualifier);
    return this.#run(target, payload, requestId, { traceHeader }, { acceptedAt, number: attempts + 1 });
  }

  checkPermission(functionName: string, source: InvocationSource): void {
    const { registry, permissions } = this.#options;
    const { qualifier, configuration, invokedArn } = registry.resolve(functionName);
    permissions.check(configuration.functionName, qualifier, source, invokedArn);
  }

  async #run(
    target: ResolvedFunction,
    payload: string,
    requestId: string,
    { clientContext, ...origin }: TraceOrigin & Pick<Invocation, "clientContext">,
    attempt?: EventAttempt,
  ): Promise<InvocationResult> {
    const { runner, metrics, clock, onFailure, segments, maySendSegments: maySend } = this.#options;
    const trace = new InvocationTrace({ segments, maySend, clock, target, requestId, origin, attempt });
    const request = {
      requestId,
      payload,
      invokedFunctionArn: target.invokedArn,
      clientContext,
      traceHeader: trace.header,
      segmentId: trace.segmentId,
    };
    const startedAt = performance.now();
    try {
      const outcome = await runner.run(target, request);
      trace.end(outcome);
      const Errors = outcome.functionError === undefined ? 0 : 1;
      publishInvocation(metrics, target, { Errors, Duration: performance.now() - startedAt });
      if (Errors > 0) onFailure?.(failureOf(target, requestId, outcome, clock.now()));
      return { ...outcome, executedVersion: target.version };
    } catch (error) {
      if (error instanceof AwsError && error.status === 429) {
        trace.throttled();
        publishThrottle(metrics, target);
      }
      throw error;
    }
  }
}

function checkPayload(payload: string, type: Invocation["type"]): void {
  const bytes = Buffer.byteLength(payload);
  const limit = MAX_PAYLOAD_BYTES[type];
  if (bytes > limit) {
    throw new AwsError(
      "RequestEntityTooLargeException",
      `${bytes} byte payload is too large for the ${type} invocation type (limit ${limit} bytes)`,
      413,
    );
  }
  try {
    JSON.parse(payload);
  } catch (error) {
    throw new AwsError(
      "InvalidRequestContentException",
      `Could not parse request body into json: ${(error as Error).message}`,
    );
  }
}
