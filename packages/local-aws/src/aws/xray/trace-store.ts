import { Journal } from "../../runtime/journal.ts";
import type { SegmentDocument } from "./segment.ts";
import { assembleTrace, type Trace } from "./trace.ts";

/** "Trace document size": https://docs.aws.amazon.com/general/latest/gr/xray.html#limits_xray */
const MAX_TRACE_BYTES = 500_000;

/** How much is kept; old traces are deleted first. */
export interface TraceLimits {
  readonly traces: number;
  /** Of all documents. */
  readonly bytes: number;
}

const LIMITS: TraceLimits = { traces: 5_000, bytes: 32_000_000 };

interface StoredTrace {
  readonly documents: Map<string, SegmentDocument>;
  bytes: number;
  revision: number;
  /** Undefined after each new document. */
  assembled?: Trace | undefined;
}

/** The documents of traces on disk, and the traces assembled from them in memory. */
export class TraceStore {
  readonly #journal: Journal<SegmentDocument>;
  readonly #limits: TraceLimits;
  /** In the order of their first documents. */
  readonly #traces = new Map<string, StoredTrace>();
  #bytes = 0;

  constructor(path: string, limits = LIMITS) {
    this.#journal = new Journal(path);
    this.#limits = limits;
    for (const document of this.#journal.values()) this.#add(document);
  }

  /** Adds a document, or replaces the one of the same segment. */
  put(document: SegmentDocument): void {
    const trace = this.#traces.get(document.trace_id);
    const earlier = trace?.documents.get(document.id);
    // Datagrams may arrive in any order: https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html
    if (document.in_progress && earlier && !earlier.in_progress) return;
    if (trace && trace.bytes > MAX_TRACE_BYTES && !earlier) return;
    this.#journal.set(keyOf(document), document);
    this.#add(document);
    this.#deleteOldest();
  }

  get(id: string): Trace | undefined {
    const stored = this.#traces.get(id);
    if (!stored) return undefined;
    const { documents, revision, bytes } = stored;
    stored.assembled ??= assembleTrace([...documents.values()], { revision, limitExceeded: bytes > MAX_TRACE_BYTES });
    return stored.assembled;
  }

  /** In the order of their start, which is not that in which their documents arrive. */
  all(): readonly Trace[] {
    return [...this.#traces.keys()].flatMap((id) => this.get(id) ?? []).sort((a, b) => a.startTime - b.startTime);
  }

  close(): void {
    this.#journal.close();
  }

  #add(document: SegmentDocument): void {
    const { trace_id: traceId, id } = document;
    const trace: StoredTrace = this.#traces.get(traceId) ?? { documents: new Map(), bytes: 0, revision: 0 };
    const added = sizeOf(document) - sizeOf(trace.documents.get(id));
    trace.documents.set(id, document);
    trace.bytes += added;
    trace.revision += 1;
    trace.assembled = undefined;
    this.#bytes += added;
    this.#traces.set(traceId, trace);
  }

  #deleteOldest(): void {
    for (const [id, { documents, bytes }] of this.#traces) {
      const isWithinLimits = this.#traces.size <= this.#limits.traces && this.#bytes <= this.#limits.bytes;
      if (isWithinLimits || this.#traces.size === 1) return;
      this.#journal.commit([...documents.values()].map((document) => [keyOf(document), null]));
      this.#traces.delete(id);
      this.#bytes -= bytes;
    }
  }
}

function keyOf({ trace_id, id }: SegmentDocument): string {
  return `${trace_id} ${id}`;
}

function sizeOf(document: SegmentDocument | undefined): number {
  return document === undefined ? 0 : Buffer.byteLength(JSON.stringify(document));
}
