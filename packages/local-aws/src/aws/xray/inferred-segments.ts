import { createHash } from "node:crypto";
import { type SegmentDocument, type Subsegment, withSubsegments } from "./segment.ts";

/** Types of AWS resources by the field of `aws` that names the resource, in the order of preference. */
const RESOURCE_TYPES = [
  ["table_name", "AWS::DynamoDB::Table"],
  ["queue_url", "AWS::SQS::Queue"],
  ["topic_arn", "AWS::SNS::Topic"],
  ["bucket_name", "AWS::S3::Bucket"],
] as const;

/**
 * The segments of services that send none: X-Ray creates them from the subsegments of their callers.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-subsegments
 */
export function inferredSegments(segments: readonly SegmentDocument[]): readonly SegmentDocument[] {
  const called = new Set(segments.map(({ parent_id }) => parent_id));
  return segments.flatMap((segment) =>
    withSubsegments(segment)
      .filter((part) => isCall(part) && !called.has(part.id))
      .map((part) => inferredSegment(part, segment.trace_id)),
  );
}

/** Whether a subsegment is a call of another service. */
function isCall({ namespace }: Subsegment): boolean {
  return namespace === "aws" || namespace === "remote";
}

function inferredSegment(call: Subsegment, traceId: string): SegmentDocument {
  const { name, start_time, end_time, in_progress, http, aws, error, fault, throttle } = call;
  const id = createHash("sha256").update(`${traceId} ${call.id}`).digest("hex").slice(0, 16);
  return {
    id,
    name: resourceOf(call)?.name ?? name,
    trace_id: traceId,
    parent_id: call.id,
    inferred: true,
    origin: typeOf(call),
    start_time,
    ...(end_time !== undefined && { end_time }),
    ...(in_progress !== undefined && { in_progress }),
    ...(http && { http }),
    ...(aws && { aws }),
    ...(error && { error }),
    ...(fault && { fault }),
    ...(throttle && { throttle }),
  };
}

function typeOf(call: Subsegment): string {
  if (call.sql !== undefined) return "Database::SQL";
  if (call.namespace === "remote") return "remote";
  return resourceOf(call)?.type ?? `AWS::${call.name.replaceAll(/\s/g, "")}`;
}

/** The resource that a call of AWS names. */
function resourceOf({ namespace, aws }: Subsegment): { readonly name: string; readonly type: string } | undefined {
  if (namespace !== "aws" || aws === undefined) return undefined;
  for (const [field, type] of RESOURCE_TYPES) {
    const value = aws[field];
    if (typeof value === "string") return { name: value.split(/[:/]/).at(-1) ?? value, type };
  }
  return undefined;
}
