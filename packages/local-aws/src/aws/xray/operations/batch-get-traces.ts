import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { pageToken, parseInput } from "../input.ts";
import { requestedTraces } from "../requested-traces.ts";
import type { XRayContext } from "./context.ts";

export const batchGetTraces =
  ({ traces }: XRayContext) =>
  (request: RestInput, call: Call): object => {
    call.authorize("xray:BatchGetTraces", "*");
    const input = parseInput(request);
    pageToken(input); // The five traces of a request fit into one page.
    const { found, missing } = requestedTraces(traces, input);
    return {
      Traces: found.map(({ id, startTime, endTime, segments, limitExceeded }) => ({
        Id: id,
        Duration: endTime - startTime,
        LimitExceeded: limitExceeded,
        Segments: segments.map((segment) => ({ Id: segment.id, Document: JSON.stringify(segment) })),
      })),
      UnprocessedTraceIds: missing,
    };
  };
