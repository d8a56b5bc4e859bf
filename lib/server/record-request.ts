import type { IncomingMessage } from "node:http";
import type { Clock } from "../time/clock.ts";
import { statusFields } from "../tracing/failure.ts";
import type { SegmentFields } from "../tracing/segment.ts";
import { parseTraceHeader, type TraceContext } from "../tracing/trace-header.ts";
import { createTraceId } from "../tracing/trace-id.ts";
import type { Tracer } from "../tracing/tracer.ts";

/** The segments of a server, which has no service that records them. */
export interface RequestTracing {
  readonly tracer: Tracer;
  /** The name of the program. */
  readonly name: string;
  /** The type of what runs the program, such as `AWS::ECS::Container`. */
  readonly origin: string;
  /** The part of the requests that is recorded, between 0 and 1, unless the caller has decided. */
  readonly samplingRate: number;
  /** Between 0 and 1. */
  readonly random: () => number;
  readonly clock: Clock;
}

/**
 * Responds to a request in its trace: that of the load balancer's header, or a new one. If the trace is sampled, the
 * request is recorded as a segment.
 *
 * @param respond returns the status
 */
export function recordRequest(
  message: IncomingMessage,
  { tracer, name, origin, ...settings }: RequestTracing,
  respond: () => Promise<number>,
): Promise<void> {
  const request = { method: message.method, url: urlOf(message) };
  return tracer.record(contextOf(message, settings), { name, origin, http: { request } }, async (segment) => {
    const status = await respond();
    Object.assign(segment, {
      http: { request, response: { status } },
      ...statusFields(status),
    } satisfies SegmentFields);
  });
}

/**
 * A load balancer sends a trace ID and leaves the decision to the program:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-request-tracing.html
 */
function contextOf(
  { headers, url = "" }: IncomingMessage,
  { samplingRate, random, clock }: Pick<RequestTracing, "samplingRate" | "random" | "clock">,
): TraceContext {
  const header = headers["x-amzn-trace-id"];
  const received = parseTraceHeader(Array.isArray(header) ? header[0] : header);
  const { root = createTraceId(clock.now()), sampled = random() < samplingRate } = received ?? {};
  // Health checks would be most of the traces.
  return { ...received, root, sampled: sampled && url !== "/health" };
}

function urlOf({ url = "/", headers }: IncomingMessage): string {
  const scheme = headers["x-forwarded-proto"] === "https" ? "https" : "http";
  return `${scheme}://${headers.host ?? ""}${url.replace(/\?.*/s, "")}`;
}
