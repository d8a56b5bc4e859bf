import { AsyncLocalStorage } from "node:async_hooks";
import type { Clock } from "../time/clock.ts";
import { describeFailure } from "./failure.ts";
import type { SegmentDocument, SegmentFields } from "./segment.ts";
import { formatTraceHeader, type TraceContext } from "./trace-header.ts";
import { createSegmentId } from "./trace-id.ts";

export interface TracerOptions {
  /** The context outside of {@link Tracer.record}: that of the invocation of a Lambda function. */
  readonly outerContext: () => TraceContext | undefined;
  /** Sends a document. It neither throws nor waits. */
  readonly emit: (document: SegmentDocument) => void;
  readonly clock: Clock;
}

/** Work that a segment measures. It may add to the fields of its segment. */
type TracedWork<T> = (fields: SegmentFields) => Promise<T>;

/** Measures calls as segments of a trace. Without a trace, or when it is not sampled, it only performs them. */
export class Tracer {
  readonly #options: TracerOptions;
  readonly #contexts = new AsyncLocalStorage<TraceContext>();

  constructor(options: TracerOptions) {
    this.#options = options;
  }

  get #context(): TraceContext | undefined {
    return this.#contexts.getStore() ?? this.#options.outerContext();
  }

  /** The ID of the current trace, for logs and responses. */
  get traceId(): string | undefined {
    return this.#context?.root;
  }

  /** The value of `X-Amzn-Trace-Id` with which another service continues the trace. */
  get header(): string | undefined {
    const context = this.#context;
    return context && formatTraceHeader(context);
  }

  /** Performs work as a subsegment of the current segment. */
  subsegment<T>(name: string, fields: SegmentFields, work: TracedWork<T>): Promise<T> {
    const context = this.#context;
    return context?.sampled ? this.record(context, { name, type: "subsegment", ...fields }, work) : work({});
  }

  /** Performs work in a context. If it is sampled, the work becomes a segment, whose parent is that of the context. */
  async record<T>(
    context: TraceContext,
    { name, ...fields }: SegmentFields & Pick<SegmentDocument, "name" | "type" | "origin">,
    work: TracedWork<T>,
  ): Promise<T> {
    if (!context.sampled) return this.#contexts.run(context, work, {});
    const { clock, emit } = this.#options;
    const id = createSegmentId();
    const started = clock.now();
    try {
      return await this.#contexts.run({ ...context, parent: id }, work, fields);
    } catch (error) {
      Object.assign(fields, describeFailure(error));
      throw error;
    } finally {
      emit({
        name,
        id,
        trace_id: context.root,
        parent_id: context.parent,
        start_time: started / 1_000,
        end_time: clock.now() / 1_000,
        ...fields,
      });
    }
  }
}

/** Records nothing: for programs outside of AWS, such as commands. */
export const noTracer = new Tracer({ outerContext: () => undefined, emit: () => {}, clock: { now: () => 0 } });
