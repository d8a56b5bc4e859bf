/**
 * The position of a call in a trace, as a tracing header carries it.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 */
export interface TraceContext {
  /** The trace ID. */
  readonly root: string;
  /** The ID of the segment that makes the call; undefined if no segment has been recorded. */
  readonly parent?: string | undefined;
  /** Whether segments are recorded; undefined if that is not decided yet. */
  readonly sampled?: boolean | undefined;
  /** With which Lambda detects functions that invoke each other. */
  readonly lineage?: string | undefined;
}

const TRACE_ID = /^1-[\da-f]{8}-[\da-f]{24}$/;
const SEGMENT_ID = /^[\da-f]{16}$/;
const LINEAGE = /^[\w:|]+$/;

/** The context in a header such as `Root=1-…;Parent=…;Sampled=1`; undefined without a valid trace ID. */
export function parseTraceHeader(header = ""): TraceContext | undefined {
  const fields = new Map(header.split(";").map((field) => field.trim().split("=") as [string, string]));
  const valid = (name: string, pattern: RegExp) => {
    const value = fields.get(name) ?? "";
    return pattern.test(value) ? value : undefined;
  };
  const root = valid("Root", TRACE_ID);
  if (root === undefined) return undefined;
  const sampled = valid("Sampled", /^[01]$/);
  return {
    root,
    parent: valid("Parent", SEGMENT_ID),
    sampled: sampled === undefined ? undefined : sampled === "1",
    lineage: valid("Lineage", LINEAGE),
  };
}

/** The header that continues a trace. */
export const formatTraceHeader = ({ root, parent, sampled, lineage }: TraceContext): string =>
  Object.entries({
    Root: root,
    Parent: parent,
    Sampled: sampled === undefined ? undefined : Number(sampled),
    Lineage: lineage,
  })
    .flatMap(([name, value]) => (value === undefined ? [] : `${name}=${value}`))
    .join(";");
