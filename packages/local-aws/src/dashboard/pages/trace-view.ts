import { type HttpData, type SegmentDocument, type Subsegment, withSubsegments } from "../../aws/xray/segment.ts";
import type { Trace } from "../../aws/xray/trace.ts";
import { rootOf } from "../../aws/xray/trace-summary.ts";
import type { SpanView, TraceDetailView, TraceLinkView, TraceStatus, TraceView } from "../trace-views.ts";

/** A trace in the list. */
export function traceView(trace: Trace): TraceView {
  const { id, segments, startTime, endTime, isPartial } = trace;
  const http = httpOf(trace);
  return {
    id,
    at: startTime * 1_000,
    milliseconds: (endTime - startTime) * 1_000,
    name: requestIn(http) ?? rootOf(trace)?.name ?? "",
    httpStatus: http?.response?.status,
    annotations: ownParts(trace)
      .map(({ annotations }) => annotationText(annotations))
      .filter((text) => text !== "")
      .join("  "),
    status: isPartial ? "in progress" : worstStatus(segments),
    services: [...new Set(segments.map(({ name }) => name))],
    segments: segments.length,
  };
}

/** @param all traces, for links between them. */
export function traceDetailView(trace: Trace, all: readonly Trace[]): TraceDetailView {
  const linkTo = (id: string): TraceLinkView => {
    const linked = all.find((other) => other.id === id);
    return { id, name: linked && traceView(linked).name };
  };
  const continuations = all.filter((other) => linksOf(other).includes(trace.id));
  return {
    ...traceView(trace),
    spans: spansOf(trace),
    url: httpOf(trace)?.request?.url,
    user: trace.segments.find(({ user }) => user !== undefined)?.user,
    sources: linksOf(trace).map(linkTo),
    continuations: continuations.map(({ id }) => linkTo(id)),
    limitExceeded: trace.limitExceeded,
  };
}

/**
 * What the program itself recorded about the request: in the segment of a server, or in a subsegment of a function,
 * whose segments Lambda writes.
 */
function httpOf(trace: Trace): HttpData | undefined {
  const parts = ownParts(trace);
  const subsegments = parts.filter((part) => !("trace_id" in part));
  const found = parts.find(({ http }) => http?.request) ?? subsegments.find(({ http }) => http?.response);
  return found?.http ?? rootOf(trace)?.http;
}

/** The segments, and their subsegments that are no calls of other services. */
function ownParts({ segments }: Trace): readonly (SegmentDocument | Subsegment)[] {
  return segments
    .filter(({ inferred }) => !inferred)
    .flatMap((segment) => withSubsegments(segment))
    .filter(({ namespace }) => namespace === undefined);
}

/** `route=GET /api/list  role=admin` */
function annotationText(annotations: Subsegment["annotations"] = {}): string {
  return Object.entries(annotations)
    .map(([key, value]) => `${key}=${value}`)
    .join("  ");
}

/** The IDs of the traces that a trace continues, each once. */
function linksOf({ segments }: Trace): readonly string[] {
  return [...new Set(segments.flatMap(({ links = [] }) => links.map((link) => link.trace_id)))];
}

/**
 * The segments and subsegments from top to bottom, each below its caller. An inferred segment only repeats its call,
 * and is shown as the type of it.
 */
function spansOf({ segments, startTime }: Trace): readonly SpanView[] {
  const inferred = new Map(
    segments.filter((segment) => segment.inferred).map((segment) => [segment.parent_id, segment]),
  );
  const parts = new Set(segments.flatMap((segment) => withSubsegments(segment)).map(({ id }) => id));
  const calledBy = new Map<string | undefined, SegmentDocument[]>();
  for (const segment of segments.filter((other) => !other.inferred)) {
    const parent = segment.parent_id !== undefined && parts.has(segment.parent_id) ? segment.parent_id : undefined;
    calledBy.set(parent, [...(calledBy.get(parent) ?? []), segment]);
  }
  const spans: SpanView[] = [];
  const add = (part: Subsegment, depth: number): void => {
    spans.push(spanView(part, inferred.get(part.id), depth, startTime));
    const children = [...(part.subsegments ?? []), ...(calledBy.get(part.id) ?? [])];
    // A segment is removed when it is added, so that segments that name each other as parents end.
    calledBy.delete(part.id);
    for (const child of children.sort((a, b) => a.start_time - b.start_time)) add(child, depth + 1);
  };
  for (const root of calledBy.get(undefined) ?? []) add(root, 0);
  return spans;
}

function spanView(
  part: Subsegment | SegmentDocument,
  called: SegmentDocument | undefined,
  depth: number,
  startTime: number,
): SpanView {
  const { id, name, start_time: start, end_time: end, cause, annotations = {}, http, aws, sql, metadata } = part;
  const exceptions = typeof cause === "object" ? (cause.exceptions ?? []) : [];
  return {
    id,
    depth,
    name,
    type: "trace_id" in part ? (part.origin ?? "segment") : called?.origin,
    isSegment: "trace_id" in part,
    offset: (start - startTime) * 1_000,
    milliseconds: ((end ?? start) - start) * 1_000,
    status: statusOf(part),
    summary: [called && called.name !== name ? called.name : undefined, summaryOf(part)].filter(Boolean).join(" · "),
    exceptions: exceptions.map(({ type, message }) => [type, message].filter(Boolean).join(": ")),
    annotations,
    data: Object.fromEntries(
      Object.entries({ http, aws, sql, metadata }).filter(([, value]) => value !== undefined && !isEmpty(value)),
    ),
  };
}

function summaryOf({ http, sql, aws, annotations }: Subsegment): string | undefined {
  const statement = sql?.sanitized_query;
  if (typeof statement === "string") return statement.split("\n", 1)[0];
  const operation = typeof aws?.operation === "string" ? aws.operation : undefined;
  return requestIn(http) ?? operation ?? annotationText(annotations);
}

/** `GET /api/list`; the whole URL if it is not one. */
function requestIn(http: Subsegment["http"]): string | undefined {
  const { method, url } = http?.request ?? {};
  if (url === undefined) return undefined;
  const parsed = URL.parse(url);
  return [method, parsed ? parsed.pathname + parsed.search : url].filter(Boolean).join(" ");
}

function statusOf({ fault, throttle, error, in_progress: inProgress }: Subsegment): TraceStatus {
  if (fault) return "fault";
  if (throttle) return "throttled";
  if (error) return "error";
  return inProgress ? "in progress" : "ok";
}

const STATUSES: readonly TraceStatus[] = ["fault", "throttled", "error"];

/** Of the program's own segments: a failed call that the program has handled is no failure of the request. */
function worstStatus(segments: readonly SegmentDocument[]): TraceStatus {
  const found = new Set(segments.filter(({ inferred }) => !inferred).map(statusOf));
  return STATUSES.find((status) => found.has(status)) ?? "ok";
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}
