import type { SegmentDocument } from "./segment.ts";

/** The part of X-Ray that other services use. */
export interface SegmentSink {
  /** Stores a segment of a service itself. */
  put(segment: SegmentDocument): void;
}
