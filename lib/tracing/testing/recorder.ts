import type { SegmentDocument } from "../segment.ts";
import type { TraceContext } from "../trace-header.ts";
import { Tracer } from "../tracer.ts";

/** A trace that is sampled. */
export const SAMPLED: TraceContext = {
  root: "1-5759e988-bd862e3fe1be46a994272793",
  parent: "53995c3f42cd8ad8",
  sampled: true,
};

/** A tracer for tests, with the documents that it emits. Its clock advances by a second with each reading. */
export function createRecorder(outerContext: () => TraceContext | undefined = () => SAMPLED) {
  const documents: SegmentDocument[] = [];
  let now = 0;
  const clock = { now: () => (now += 1_000) };
  const tracer = new Tracer({ outerContext, emit: (document) => documents.push(document), clock });
  return { tracer, documents };
}
