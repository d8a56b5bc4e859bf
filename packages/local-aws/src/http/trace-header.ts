import type { IncomingHttpHeaders } from "node:http";

/** What the tracing header (`X-Amzn-Trace-Id`) says about the trace of a request. */
export interface TraceHeader {
  /** The ID of the trace. */
  readonly root: string;
  /** The ID of the segment that sent the request. */
  readonly parent?: string | undefined;
  /** The decision of the sender; undefined leaves it to the receiver. */
  readonly sampled?: boolean | undefined;
}

export const TRACE_ID = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/;
export const SEGMENT_ID = /^[0-9a-f]{16}$/;

/** The tracing header of a request. */
export function traceHeaderOf(headers: IncomingHttpHeaders): string | undefined {
  const header = headers["x-amzn-trace-id"];
  return typeof header === "string" ? header : undefined;
}

/**
 * Reads a tracing header. Fields with other names are ignored.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 *
 * @returns undefined for a header without a valid trace ID, which AWS ignores.
 */
export function parseTraceHeader(header: string | undefined): TraceHeader | undefined {
  if (header === undefined) return undefined;
  const fields = new Map(header.split(";").map((field) => splitField(field)));
  const root = fields.get("Root");
  const parent = fields.get("Parent");
  const sampled = fields.get("Sampled");
  if (root === undefined || !TRACE_ID.test(root)) return undefined;
  return {
    root,
    parent: parent !== undefined && SEGMENT_ID.test(parent) ? parent : undefined,
    sampled: sampled === "1" ? true : sampled === "0" ? false : undefined,
  };
}

export function formatTraceHeader({ root, parent, sampled }: TraceHeader): string {
  return [
    `Root=${root}`,
    ...(parent === undefined ? [] : [`Parent=${parent}`]),
    ...(sampled === undefined ? [] : [`Sampled=${sampled ? 1 : 0}`]),
  ].join(";");
}

function splitField(field: string): readonly [name: string, value: string] {
  const [name = "", value = ""] = field.split(/=(.*)/s);
  return [name.trim(), value.trim()];
}
