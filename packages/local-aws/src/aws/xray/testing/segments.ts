import { randomBytes } from "node:crypto";
import { traceId } from "../../../http/trace-id.ts";
import type { SegmentDocument, Subsegment } from "../segment.ts";

/** Seconds since the epoch: when the segments of tests begin. */
export const START = 1_764_320_000;

export function testTraceId(): string {
  return traceId(START * 1_000);
}

export function testSegmentId(): string {
  return randomBytes(8).toString("hex");
}

/** A complete segment of 100 ms. */
export function testSegment(changes: Partial<SegmentDocument> = {}): SegmentDocument {
  return { ...testPart("app"), trace_id: testTraceId(), ...changes };
}

/** A subsegment of 100 ms. */
export function testPart(name: string, changes: Partial<Subsegment> = {}): Subsegment {
  return { id: testSegmentId(), name, start_time: START, end_time: START + 0.1, ...changes };
}
