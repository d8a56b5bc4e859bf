import { randomBytes } from "node:crypto";
import { formatTraceHeader, parseTraceHeader, type TraceHeader } from "../../http/trace-header.ts";
import { traceId } from "../../http/trace-id.ts";
import { ACCOUNT_ID } from "../../runtime/account.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { SegmentDocument, SegmentException, SegmentLink, Subsegment } from "../xray/segment.ts";
import type { SegmentSink } from "../xray/segment-sink.ts";
import { errorIn } from "./function-failure.ts";
import type { ResolvedFunction } from "./function-version.ts";
import type { Outcome } from "./sandbox/outcome.ts";

/** More would not fit into a segment, which has at most 64 KB. */
const MAX_LINKS = 100;

/** What preceded an invocation. */
export interface TraceOrigin {
  /** The tracing header of the caller. */
  readonly traceHeader?: string | undefined;
  /** Those of the senders of the messages in the payload. */
  readonly linkedTraceHeaders?: readonly string[] | undefined;
}

/** An attempt to process an event that was accepted for later. */
export interface EventAttempt {
  /** Milliseconds since the epoch. */
  readonly acceptedAt: number;
  /** 1 for the first attempt. */
  readonly number: number;
}

interface InvocationTraceOptions {
  readonly segments: SegmentSink;
  /** Whether the role of a function may send segments, which its own segment requires. */
  readonly maySend: (roleArn: string) => boolean;
  readonly clock: Clock;
  readonly target: ResolvedFunction;
  readonly requestId: string;
  readonly origin: TraceOrigin;
  readonly attempt?: EventAttempt | undefined;
}

/**
 * The segments that Lambda writes about an invocation of a function with active tracing: one of the service and one of
 * the function. The subsegments of the function's own code become a part of the subsegment `Invocation`.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
 */
export class InvocationTrace {
  /** The tracing header for the function: `_X_AMZN_TRACE_ID`. */
  readonly header: string;
  /** The ID of the segment of the function; undefined when the invocation is not traced. */
  readonly segmentId: string | undefined;
  readonly #options: InvocationTraceOptions;
  readonly #context: TraceHeader;
  readonly #startedAt: number;
  readonly #invocationId = segmentId();
  readonly #attemptId = segmentId();

  constructor(options: InvocationTraceOptions) {
    const { clock, target, origin } = options;
    this.#options = options;
    this.#startedAt = clock.now();
    this.#context = parseTraceHeader(origin.traceHeader) ?? { root: traceId(clock.now()) };
    const { root, sampled = true } = this.#context; // On AWS, Lambda samples only some requests.
    const isActive = target.configuration.tracingMode === "Active";
    this.segmentId = isActive && sampled ? segmentId() : undefined;
    // Without active tracing, Lambda passes on only the trace ID: https://github.com/aws/aws-xray-sdk-java/pull/409
    this.header = formatTraceHeader(isActive ? { root, parent: this.#invocationId, sampled } : { root });
  }

  /** Writes the segments of a completed invocation. */
  end(outcome: Outcome): void {
    if (this.segmentId === undefined) return;
    const { clock, maySend, target } = this.#options;
    const isFault = outcome.functionError !== undefined;
    const endedAt = clock.now();
    this.#writeService({ endedAt, status: 200, ...(isFault && { fault: true }) });
    if (maySend(target.configuration.role)) this.#put(this.#functionSegment(this.segmentId, outcome));
  }

  /**
   * Writes the segment of an invocation that was not started because of the function's concurrency. An event that waits
   * for that reason is not an attempt.
   */
  throttled(): void {
    if (this.segmentId === undefined || this.#options.attempt) return;
    this.#writeService({ endedAt: this.#options.clock.now(), status: 429, error: true, throttle: true });
  }

  #functionSegment(id: string, { phases, functionError, payload }: Outcome): SegmentDocument {
    const { target } = this.#options;
    const { initStartedAt, startedAt, respondedAt, endedAt } = phases;
    const { functionName } = target.configuration;
    return {
      id,
      trace_id: this.#context.root,
      parent_id: this.#parentOfFunction,
      name: functionName,
      origin: "AWS::Lambda::Function",
      start_time: seconds(initStartedAt ?? startedAt),
      end_time: seconds(endedAt),
      aws: { account_id: ACCOUNT_ID, function_arn: target.invokedArn, resource_names: [functionName] },
      ...(functionError !== undefined && { fault: true, cause: { exceptions: [exceptionIn(payload)] } }),
      subsegments: [
        ...(initStartedAt === undefined ? [] : [part("Initialization", initStartedAt, startedAt)]),
        { ...part("Invocation", startedAt, respondedAt), id: this.#invocationId },
        part("Overhead", respondedAt, endedAt),
      ],
    };
  }

  /**
   * The segment of the service. That of an event begins when the event was accepted, and has a subsegment for each
   * attempt; a later attempt replaces the segment and adds its own subsegment.
   */
  #writeService({ endedAt, status, ...flags }: ServiceResult): void {
    const { target, requestId, origin, attempt } = this.#options;
    const id = this.#serviceId;
    const links = linksTo(origin.linkedTraceHeaders ?? []);
    this.#put({
      id,
      trace_id: this.#context.root,
      parent_id: this.#context.parent,
      name: target.configuration.functionName,
      origin: "AWS::Lambda",
      start_time: seconds(attempt?.acceptedAt ?? this.#startedAt),
      end_time: seconds(endedAt),
      http: { response: { status: attempt ? 202 : status } },
      aws: { request_id: requestId, resource_names: [target.configuration.functionName] },
      resource_arn: target.invokedArn,
      ...flags,
      ...(links.length > 0 && { links }),
    });
    if (!attempt) return;
    const separate = { type: "subsegment", trace_id: this.#context.root, parent_id: id } as const;
    if (attempt.number === 1) this.#put({ ...part("Dwell Time", attempt.acceptedAt, this.#startedAt), ...separate });
    this.#put({
      ...part(`Attempt #${attempt.number}`, this.#startedAt, endedAt),
      ...separate,
      id: this.#attemptId,
      http: { response: { status } },
      ...flags,
    });
  }

  /** The same for all attempts of an event. */
  get #serviceId(): string {
    return this.#options.requestId.replaceAll("-", "").slice(0, 16);
  }

  get #parentOfFunction(): string {
    return this.#options.attempt ? this.#attemptId : this.#serviceId;
  }

  #put(segment: SegmentDocument): void {
    this.#options.segments.put(segment);
  }
}

interface ServiceResult {
  readonly endedAt: number;
  readonly status: number;
  readonly error?: boolean;
  readonly fault?: boolean;
  readonly throttle?: boolean;
}

/** A subsegment from one time to another, in milliseconds since the epoch. */
function part(name: string, from: number, to: number): Subsegment {
  return { id: segmentId(), name, start_time: seconds(from), end_time: seconds(to) };
}

/** https://docs.aws.amazon.com/xray/latest/devguide/xray-services-sqs.html */
function linksTo(headers: readonly string[]): readonly SegmentLink[] {
  return headers.slice(0, MAX_LINKS).flatMap((header) => {
    const { root, parent, sampled } = parseTraceHeader(header) ?? {};
    if (root === undefined || sampled === false) return [];
    return [{ trace_id: root, id: parent, attributes: { "aws.xray.reserved.reference_type": "parent" } }];
  });
}

function exceptionIn(payload: string): SegmentException {
  const { errorType: type, message } = errorIn(payload);
  return { id: segmentId(), type, message };
}

function segmentId(): string {
  return randomBytes(8).toString("hex");
}

function seconds(milliseconds: number): number {
  return milliseconds / 1_000;
}
