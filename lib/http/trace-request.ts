import { statusFields } from "../tracing/failure.ts";
import type { SegmentFields } from "../tracing/segment.ts";
import type { Tracer } from "../tracing/tracer.ts";
import type { HttpResponse } from "./response.ts";

/**
 * Responds to a request of a function within a subsegment, whose annotations find the trace. HTTP APIs and load
 * balancers record nothing, and a function cannot add to the segment that Lambda records.
 */
export const traceRequest = (
  tracer: Tracer,
  annotations: NonNullable<SegmentFields["annotations"]>,
  respond: () => Promise<HttpResponse>,
): Promise<HttpResponse> =>
  tracer.subsegment("Request", { annotations }, async (segment) => {
    const response = await respond();
    const { statusCode: status } = response;
    Object.assign(segment, { http: { response: { status } }, ...statusFields(status) });
    return response;
  });
