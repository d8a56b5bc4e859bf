import { inferredSegments } from "./inferred-segments.ts";
import { type SegmentDocument, type Subsegment, withSubsegments } from "./segment.ts";

/** The segments of one request. Times are seconds since the epoch. */
export interface Trace {
  readonly id: string;
  /**
   * In the order of their start, with all of their subsegments, and with the segments that X-Ray infers. A subsegment
   * whose segment has not arrived is among them.
   */
  readonly segments: readonly SegmentDocument[];
  readonly startTime: number;
  /** When the last segment ended, or started if it is in progress. */
  readonly endTime: number;
  /** A segment is in progress or has not arrived. */
  readonly isPartial: boolean;
  /** Increases with every document. */
  readonly revision: number;
  /** Later documents were dropped. */
  readonly limitExceeded: boolean;
}

/** Assembles a trace from the documents that have arrived, one for each ID. */
export function assembleTrace(
  documents: readonly SegmentDocument[],
  { revision, limitExceeded }: Pick<Trace, "revision" | "limitExceeded">,
): Trace {
  const segments = withSeparateSubsegments(documents);
  const all = [...segments, ...inferredSegments(segments)].sort((a, b) => a.start_time - b.start_time);
  return {
    id: documents[0]?.trace_id ?? "",
    segments: all,
    startTime: Math.min(...all.map(({ start_time }) => start_time)),
    endTime: Math.max(...all.map(({ start_time, end_time }) => end_time ?? start_time)),
    isPartial: segments.some(({ type, in_progress }) => type === "subsegment" || in_progress === true),
    revision,
    limitExceeded,
  };
}

/** Moves subsegments that were sent separately into the segment or subsegment that they name as their parent. */
function withSeparateSubsegments(documents: readonly SegmentDocument[]): readonly SegmentDocument[] {
  const known = new Set(documents.flatMap((document) => withSubsegments(document)).map(({ id }) => id));
  const children = new Map<string, SegmentDocument[]>();
  const roots: SegmentDocument[] = [];
  for (const document of documents) {
    const { type, parent_id: parentId } = document;
    if (type !== "subsegment" || parentId === undefined || !known.has(parentId)) roots.push(document);
    else children.set(parentId, [...(children.get(parentId) ?? []), document]);
  }
  const complete = <Part extends Subsegment>(part: Part): Part => {
    const separate = children.get(part.id) ?? [];
    // Each is moved once. Documents that name each other as parents are moved nowhere.
    children.delete(part.id);
    const subsegments = [...(part.subsegments ?? []), ...separate.map(asSubsegment)];
    if (subsegments.length === 0) return part;
    return { ...part, subsegments: subsegments.map(complete).sort((a, b) => a.start_time - b.start_time) };
  };
  const segments = roots.map(complete);
  return [...segments, ...[...children.values()].flat()];
}

function asSubsegment({ type, trace_id, parent_id, ...subsegment }: SegmentDocument): Subsegment {
  return subsegment;
}
