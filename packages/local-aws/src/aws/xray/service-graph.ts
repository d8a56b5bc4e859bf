import { type SegmentDocument, type SegmentLink, type Subsegment, withSubsegments } from "./segment.ts";
import type { Trace } from "./trace.ts";
import { responseTimeOf, rootOf, type ServiceId, serviceId, serviceIds } from "./trace-summary.ts";

/** https://docs.aws.amazon.com/xray/latest/api/API_ServiceStatistics.html */
export interface Statistics {
  readonly OkCount: number;
  readonly ErrorStatistics: {
    readonly ThrottleCount: number;
    readonly OtherCount: number;
    readonly TotalCount: number;
  };
  readonly FaultStatistics: { readonly OtherCount: number; readonly TotalCount: number };
  readonly TotalCount: number;
  /** Seconds. */
  readonly TotalResponseTime: number;
}

interface Histogram {
  readonly Value: number;
  readonly Count: number;
}

interface Measured {
  readonly StartTime: number;
  readonly EndTime: number;
  readonly SummaryStatistics: Statistics;
  readonly ResponseTimeHistogram: readonly Histogram[];
}

export interface GraphEdge extends Measured {
  readonly ReferenceId: number;
  readonly Aliases: readonly never[];
  /** `link` for messages, which the receiver processes in a trace of its own. */
  readonly EdgeType?: "link" | undefined;
}

export interface GraphService extends ServiceId, Measured {
  readonly ReferenceId: number;
  /** It receives requests from outside. */
  readonly Root?: boolean | undefined;
  readonly State: "active";
  readonly Edges: readonly GraphEdge[];
  readonly DurationHistogram: readonly Histogram[];
}

interface Node {
  readonly id: ServiceId;
  isRoot: boolean;
  readonly parts: Subsegment[];
  /** Calls by the key of the called node. */
  readonly edges: Map<string, { readonly parts: Subsegment[]; readonly type?: "link" | undefined }>;
}

/** The services of traces with their calls of each other, and statistics of both. */
export function serviceGraph(traces: readonly Trace[]): readonly GraphService[] {
  const nodes = new Map<string, Node>();
  const nodeOf = (id: ServiceId): Node => {
    const key = keyOf(id);
    const node = nodes.get(key) ?? { id, isRoot: false, parts: [], edges: new Map() };
    nodes.set(key, node);
    return node;
  };
  const connect = (from: ServiceId, to: ServiceId, part: Subsegment, type?: "link"): void => {
    const { edges } = nodeOf(from);
    const edge = edges.get(keyOf(to)) ?? { parts: [], type };
    edge.parts.push(part);
    edges.set(keyOf(to), edge);
  };
  const callers = callersOf(traces);
  const queues = new Map(
    traces.flatMap(({ id: traceId, segments }) =>
      segments
        .filter(({ inferred }) => inferred)
        .map((segment) => [`${traceId} ${segment.parent_id}`, segment] as const),
    ),
  );
  /** The queue that a message was sent to, or the sender if it did not record the call. */
  const senderOf = ({ trace_id: traceId, id }: SegmentLink) =>
    queues.get(`${traceId} ${id}`) ?? callers.get(`${traceId} ${id}`);
  for (const trace of traces) {
    const root = rootOf(trace);
    for (const segment of trace.segments) {
      const id = serviceId(segment);
      nodeOf(id).parts.push(segment);
      const caller = callers.get(`${segment.trace_id} ${segment.parent_id}`);
      if (caller) connect(serviceId(caller), id, segment);
      const senders = serviceIds((segment.links ?? []).flatMap((link) => senderOf(link) ?? []));
      for (const sender of senders) connect(sender, id, segment, "link");
      if (segment !== root || (segment.links ?? []).length > 0) continue;
      nodeOf(id).isRoot = true;
      const client: ServiceId = { ...id, Type: "client" };
      nodeOf(client).parts.push(segment);
      connect(client, id, segment);
    }
  }
  const references = new Map([...nodes.keys()].map((key, index) => [key, index]));
  return [...nodes.values()].map((node, index) => graphService(node, index, references));
}

/** The segments with the calls, by the trace and the ID of each of their parts. */
function callersOf(traces: readonly Trace[]): ReadonlyMap<string, SegmentDocument> {
  return new Map(
    traces.flatMap(({ id: traceId, segments }) =>
      segments.flatMap((segment) => withSubsegments(segment).map(({ id }) => [`${traceId} ${id}`, segment] as const)),
    ),
  );
}

function graphService(
  { id, isRoot, parts, edges }: Node,
  reference: number,
  references: ReadonlyMap<string, number>,
): GraphService {
  const measured = measure(parts);
  return {
    ReferenceId: reference,
    ...id,
    ...(isRoot && { Root: true }),
    State: "active",
    ...measured,
    DurationHistogram: measured.ResponseTimeHistogram,
    Edges: [...edges].map(([key, { parts: calls, type }]) => ({
      ReferenceId: references.get(key) ?? -1,
      ...measure(calls),
      Aliases: [],
      ...(type && { EdgeType: type }),
    })),
  };
}

function measure(parts: readonly Subsegment[]): Measured {
  const faults = parts.filter(({ fault }) => fault).length;
  const throttles = parts.filter(({ throttle, fault }) => throttle && !fault).length;
  const errors = parts.filter(({ error, throttle, fault }) => (error || throttle) && !fault).length;
  const times = parts.flatMap((part) => responseTimeOf(part) ?? []);
  return {
    StartTime: Math.min(...parts.map(({ start_time }) => start_time)),
    EndTime: Math.max(...parts.map(({ start_time, end_time }) => end_time ?? start_time)),
    SummaryStatistics: {
      OkCount: parts.length - faults - errors,
      ErrorStatistics: { ThrottleCount: throttles, OtherCount: errors - throttles, TotalCount: errors },
      FaultStatistics: { OtherCount: faults, TotalCount: faults },
      TotalCount: parts.length,
      TotalResponseTime: times.reduce((sum, time) => sum + time, 0),
    },
    ResponseTimeHistogram: histogram(times),
  };
}

/** Times in milliseconds, each with its number. */
function histogram(times: readonly number[]): readonly Histogram[] {
  const counts = new Map<number, number>();
  for (const time of times) {
    const value = Math.round(time * 1_000) / 1_000;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => a - b).map(([Value, Count]) => ({ Value, Count }));
}

function keyOf({ Name, Type }: ServiceId): string {
  return `${Name} ${Type}`;
}
