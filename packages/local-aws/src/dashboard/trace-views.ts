/** What the page of traces shows: types only, like views.ts. Times are milliseconds since the epoch. */

export type TraceStatus = "ok" | "error" | "throttled" | "fault" | "in progress";

export interface TraceView {
  readonly id: string;
  readonly at: number;
  /** Until the last segment ended. */
  readonly milliseconds: number;
  /** The request, or the name of the first service. */
  readonly name: string;
  readonly httpStatus: number | undefined;
  /** Those of the program itself, in short; can be empty. */
  readonly annotations: string;
  readonly status: TraceStatus;
  /** In the order in which they were called. */
  readonly services: readonly string[];
  readonly segments: number;
}

/** A segment or subsegment in the waterfall. */
export interface SpanView {
  readonly id: string;
  /** 0 for a segment that no other has called. */
  readonly depth: number;
  readonly name: string;
  readonly isSegment: boolean;
  /** Of the service that wrote the segment, or that the subsegment has called. */
  readonly type: string | undefined;
  /** Milliseconds after the start of the trace. */
  readonly offset: number;
  readonly milliseconds: number;
  readonly status: TraceStatus;
  /** In short: the resource, and the request, statement, operation or annotations; can be empty. */
  readonly summary: string;
  readonly exceptions: readonly string[];
  readonly annotations: Readonly<Record<string, string | number | boolean>>;
  /** `http`, `aws`, `sql` and `metadata`, as far as there are any. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface TraceDetailView extends TraceView {
  readonly spans: readonly SpanView[];
  readonly url: string | undefined;
  readonly user: string | undefined;
  /** The traces that sent the messages which this one processes. */
  readonly sources: readonly TraceLinkView[];
  /** The traces that process the messages which this one has sent. */
  readonly continuations: readonly TraceLinkView[];
  readonly limitExceeded: boolean;
}

export interface TraceLinkView {
  readonly id: string;
  /** Undefined when the trace is not stored. */
  readonly name: string | undefined;
}

interface TrafficView {
  readonly requests: number;
  readonly errors: number;
  readonly faults: number;
  /** Undefined when no request has ended. */
  readonly meanMilliseconds: number | undefined;
}

/** A service in the map, with the box in which it is drawn. */
export interface MapServiceView extends TrafficView {
  readonly id: number;
  readonly name: string;
  readonly type: string | undefined;
  readonly x: number;
  readonly y: number;
}

export interface MapCallView extends TrafficView {
  readonly from: string;
  readonly to: string;
  /** By messages, which are processed in a trace of their own. */
  readonly isLink: boolean;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface ServiceMapView {
  readonly width: number;
  readonly height: number;
  /** Size of each service. */
  readonly box: { readonly width: number; readonly height: number };
  readonly services: readonly MapServiceView[];
  readonly calls: readonly MapCallView[];
}

export interface TracesView {
  /** Newest first. */
  readonly traces: readonly TraceView[];
  readonly matching: number;
  readonly total: number;
  /** Names of all services, to choose from. */
  readonly services: readonly string[];
  readonly map?: ServiceMapView | undefined;
  readonly selected?: TraceDetailView | undefined;
}
