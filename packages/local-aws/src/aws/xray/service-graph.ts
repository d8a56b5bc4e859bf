import { type SegmentDocument, type SegmentLink, type Subsegment, withSubsegments } from "./segment.ts";
import { type Histogram, type Measurements, measure } from "./service-statistics.ts";
import type { Trace } from "./trace.ts";
import { rootOf, type ServiceId, serviceId, serviceIds } from "./trace-summary.ts";

export interface GraphEdge extends Measurements {
  readonly ReferenceId: number;
  readonly Aliases: readonly never[];
  /** `link` for messages, which the receiver processes in a trace of its own. */
  readonly EdgeType?: "link" | undefined;
}

export interface GraphService extends ServiceId, Measurements {
  readonly ReferenceId: number;
  /** It receives requests from outside. */
  readonly Root?: boolean | undefined;
  readonly State: "active";
  readonly Edges: readonly GraphEdge[];
  readonly DurationHistogram: readonly Histogram[];
}

interface Call {
  readonly parts: Subsegment[];
  readonly type: "link" | undefined;
}

interface Node {
  readonly id: ServiceId;
  isRoot: boolean;
  readonly parts: Subsegment[];
  /** By the key of the called node. */
  readonly calls: Map<string, Call>;
}

/** The services of traces with their calls of each other, and statistics of both. */
export function serviceGraph(traces: readonly Trace[]): readonly GraphService[] {
  const nodes = new Nodes();
  const parts = new Parts(traces);
  for (const trace of traces) {
    const root = rootOf(trace);
    for (const segment of trace.segments) {
      const { trace_id: traceId, parent_id: parentId, links = [] } = segment;
      const id = serviceId(segment);
      nodes.get(id).parts.push(segment);
      const caller = parts.segmentOf(traceId, parentId);
      if (caller) nodes.addCall(serviceId(caller), id, segment);
      const senders = links.flatMap((link) => parts.senderOf(link) ?? []);
      for (const sender of serviceIds(senders)) nodes.addCall(sender, id, segment, "link");
      if (segment === root && links.length === 0) nodes.addClient(id, segment);
    }
  }
  return nodes.services();
}

/** The services, and the calls between them. */
class Nodes {
  readonly #nodes = new Map<string, Node>();

  get(id: ServiceId): Node {
    const node = this.#nodes.get(keyOf(id)) ?? { id, isRoot: false, parts: [], calls: new Map() };
    this.#nodes.set(keyOf(id), node);
    return node;
  }

  addCall(from: ServiceId, to: ServiceId, part: Subsegment, type?: "link"): void {
    const { calls } = this.get(from);
    const call = calls.get(keyOf(to)) ?? { parts: [], type };
    call.parts.push(part);
    calls.set(keyOf(to), call);
  }

  /** Adds a request from outside. */
  addClient(id: ServiceId, segment: SegmentDocument): void {
    const client: ServiceId = { ...id, Type: "client" };
    this.get(id).isRoot = true;
    this.get(client).parts.push(segment);
    this.addCall(client, id, segment);
  }

  services(): readonly GraphService[] {
    const references = new Map([...this.#nodes.keys()].map((key, index) => [key, index]));
    return [...this.#nodes.values()].map(({ id, isRoot, parts, calls }, index) => {
      const measured = measure(parts);
      return {
        ReferenceId: index,
        ...id,
        ...(isRoot && { Root: true }),
        State: "active",
        ...measured,
        DurationHistogram: measured.ResponseTimeHistogram,
        Edges: [...calls].map(([key, call]) => ({
          ReferenceId: references.get(key) ?? -1,
          ...measure(call.parts),
          Aliases: [],
          EdgeType: call.type,
        })),
      };
    });
  }
}

/** The segments of all traces by their own parts. */
class Parts {
  readonly #segments = new Map<string, SegmentDocument>();
  readonly #inferred = new Map<string, SegmentDocument>();

  constructor(traces: readonly Trace[]) {
    for (const segment of traces.flatMap(({ segments }) => segments)) {
      const { trace_id: traceId, parent_id: parentId, inferred } = segment;
      for (const { id } of withSubsegments(segment)) this.#segments.set(`${traceId} ${id}`, segment);
      if (inferred) this.#inferred.set(`${traceId} ${parentId}`, segment);
    }
  }

  /** The segment with this part. */
  segmentOf(traceId: string, id: string | undefined): SegmentDocument | undefined {
    return this.#segments.get(`${traceId} ${id}`);
  }

  /** The queue that a message was sent to, or the sender if it did not record the call. */
  senderOf({ trace_id: traceId, id }: SegmentLink): SegmentDocument | undefined {
    return this.#inferred.get(`${traceId} ${id}`) ?? this.segmentOf(traceId, id);
  }
}

function keyOf({ Name, Type }: ServiceId): string {
  return `${Name} ${Type}`;
}
