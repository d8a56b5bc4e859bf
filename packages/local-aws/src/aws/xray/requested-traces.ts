import { type Input, invalidRequest, stringList } from "./input.ts";
import type { Trace } from "./trace.ts";
import type { TraceStore } from "./trace-store.ts";

/** https://docs.aws.amazon.com/xray/latest/devguide/xray-api-gettingdata.html */
const MAX_TRACES = 5;

interface RequestedTraces {
  readonly found: readonly Trace[];
  readonly missing: readonly string[];
}

/** The traces that `TraceIds` names. */
export function requestedTraces(traces: TraceStore, input: Input): RequestedTraces {
  const ids = stringList(input, "TraceIds");
  if (ids.length > MAX_TRACES) throw invalidRequest(`TraceIds has at most ${MAX_TRACES} members.`);
  return {
    found: ids.flatMap((id) => traces.get(id) ?? []),
    missing: ids.filter((id) => traces.get(id) === undefined),
  };
}
