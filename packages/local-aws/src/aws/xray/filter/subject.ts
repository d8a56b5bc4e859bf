import { type SegmentDocument, withSubsegments } from "../segment.ts";
import type { Trace } from "../trace.ts";
import { responseTimeOf, rootOf } from "../trace-summary.ts";

export type Value = string | number | boolean;

/** What the keywords of a filter expression are about: a trace, or a segment of one of its services. */
export interface Subject {
  readonly flags: Readonly<Record<string, boolean>>;
  readonly values: Readonly<Record<string, readonly Value[]>>;
  readonly annotations: Readonly<Record<string, readonly Value[]>>;
  /** Those of a trace. */
  readonly services: readonly { readonly name: string; readonly type: string | undefined; readonly subject: Subject }[];
}

export function traceSubject(trace: Trace): Subject {
  const { segments, startTime, endTime, isPartial } = trace;
  const root = rootOf(trace);
  const responseTime = root && responseTimeOf(root);
  return {
    flags: { ...flagsOf(segments), partial: isPartial },
    values: {
      ...valuesOf(segments, root?.http, responseTime),
      duration: [endTime - startTime],
    },
    annotations: annotationsOf(segments),
    services: segments.map((segment) => ({
      name: segment.name,
      type: segment.origin,
      subject: segmentSubject(segment),
    })),
  };
}

function segmentSubject(segment: SegmentDocument): Subject {
  const { http, in_progress: inProgress } = segment;
  const responseTime = responseTimeOf(segment);
  return {
    flags: { ...flagsOf([segment]), partial: inProgress === true },
    values: {
      ...valuesOf([segment], http, responseTime),
      duration: responseTime === undefined ? [] : [responseTime],
    },
    annotations: annotationsOf([segment]),
    services: [],
  };
}

function flagsOf(segments: readonly SegmentDocument[]): Readonly<Record<string, boolean>> {
  const has = (flag: "error" | "fault" | "throttle") => segments.some((segment) => segment[flag] === true);
  const [error, fault, throttle] = [has("error"), has("fault"), has("throttle")];
  return { error, fault, throttle, ok: !error && !fault && !throttle };
}

function valuesOf(
  segments: readonly SegmentDocument[],
  http: SegmentDocument["http"],
  responseTime: number | undefined,
): Readonly<Record<string, readonly Value[]>> {
  const present = <Item extends Value>(value: Item | undefined) => (value === undefined ? [] : [value]);
  return {
    responsetime: present(responseTime),
    "http.status": present(http?.response?.status),
    "http.url": present(http?.request?.url),
    "http.method": present(http?.request?.method),
    "http.useragent": present(http?.request?.user_agent),
    "http.clientip": present(http?.request?.client_ip),
    user: segments.flatMap(({ user }) => present(user)),
    name: segments.map(({ name }) => name),
    "resource.arn": segments.flatMap(({ resource_arn: resourceArn }) => present(resourceArn)),
  };
}

function annotationsOf(segments: readonly SegmentDocument[]): Readonly<Record<string, readonly Value[]>> {
  const found: Record<string, Value[]> = {};
  for (const { annotations = {} } of segments.flatMap((segment) => withSubsegments(segment))) {
    for (const [key, value] of Object.entries(annotations)) found[key] = [...(found[key] ?? []), value];
  }
  return found;
}
