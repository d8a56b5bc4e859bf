import { ACCOUNT_ID } from "../../runtime/account.ts";
import { type SegmentDocument, type Subsegment, withSubsegments } from "./segment.ts";
import type { Trace } from "./trace.ts";

/** How a segment, or the service that it describes, is identified. */
export interface ServiceId {
  readonly Name: string;
  readonly Names: readonly string[];
  readonly AccountId: string;
  readonly Type?: string | undefined;
}

/** A segment that no other segment of the trace has called. */
export function rootOf({ segments }: Trace): SegmentDocument | undefined {
  const parts = new Set(segments.flatMap((segment) => withSubsegments(segment)).map(({ id }) => id));
  return segments.find(({ parent_id: parentId }) => parentId === undefined || !parts.has(parentId));
}

/** Seconds until the root segment ended; undefined while it is in progress. */
export function responseTimeOf({ start_time, end_time }: Subsegment): number | undefined {
  return end_time === undefined ? undefined : round(end_time - start_time);
}

export function serviceId({ name, origin }: SegmentDocument): ServiceId {
  return { Name: name, Names: [name], AccountId: ACCOUNT_ID, Type: origin };
}

/** The services of a trace, each once. */
export function serviceIds(segments: readonly SegmentDocument[]): readonly ServiceId[] {
  return [...new Map(segments.map((segment) => [`${segment.name} ${segment.origin}`, serviceId(segment)])).values()];
}

/** https://docs.aws.amazon.com/xray/latest/api/API_TraceSummary.html */
export function traceSummary(trace: Trace): object {
  const { id, segments, startTime, endTime, isPartial, revision } = trace;
  const root = rootOf(trace);
  const { request, response } = root?.http ?? {};
  const arns = new Set(segments.flatMap(({ resource_arn: resourceArn }) => resourceArn ?? []));
  return {
    Id: id,
    StartTime: startTime,
    Duration: round(endTime - startTime),
    ResponseTime: root && responseTimeOf(root),
    HasFault: segments.some(({ fault }) => fault === true),
    HasError: segments.some(({ error }) => error === true),
    HasThrottle: segments.some(({ throttle }) => throttle === true),
    IsPartial: isPartial,
    Http: {
      HttpURL: request?.url,
      HttpMethod: request?.method,
      HttpStatus: response?.status,
      UserAgent: request?.user_agent,
      ClientIp: request?.client_ip,
    },
    Annotations: annotationsOf(segments),
    Users: segments.flatMap((segment) =>
      segment.user === undefined ? [] : [{ UserName: segment.user, ServiceIds: [serviceId(segment)] }],
    ),
    ServiceIds: serviceIds(segments),
    ResourceARNs: [...arns].map((ARN) => ({ ARN })),
    EntryPoint: root && serviceId(root),
    Revision: revision,
    MatchedEventTime: startTime,
  };
}

function annotationsOf(segments: readonly SegmentDocument[]): Readonly<Record<string, readonly object[]>> {
  const found: Record<string, object[]> = {};
  for (const segment of segments) {
    for (const { annotations = {} } of withSubsegments(segment)) {
      for (const [key, value] of Object.entries(annotations)) {
        found[key] = [
          ...(found[key] ?? []),
          { AnnotationValue: annotationValue(value), ServiceIds: [serviceId(segment)] },
        ];
      }
    }
  }
  return found;
}

function annotationValue(value: string | number | boolean): object {
  if (typeof value === "number") return { NumberValue: value };
  return typeof value === "boolean" ? { BooleanValue: value } : { StringValue: value };
}

/** Times are floating-point seconds: a difference has digits that no clock has measured. */
function round(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6;
}
