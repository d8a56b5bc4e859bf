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

/** The context in a header such as `Root=1-…;Parent=…;Sampled=1`; undefined without a valid trace ID. */
export function parseTraceHeader(header = ""): TraceContext | undefined {
  const field = (name: string, value: string) =>
    new RegExp(`(?:^|;)\\s*${name}=(${value})\\s*(?:;|$)`).exec(header)?.[1];
  const root = field("Root", "1-[\\da-f]{8}-[\\da-f]{24}");
  const sampled = field("Sampled", "[01]");
  return root === undefined
    ? undefined
    : {
        root,
        parent: field("Parent", "[\\da-f]{16}"),
        sampled: sampled === undefined ? undefined : sampled === "1",
        lineage: field("Lineage", "[^;\\s]+"),
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
