import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { pageToken, parseInput } from "../input.ts";
import { pageOfServices } from "../page-of-services.ts";
import { requestedTraces } from "../requested-traces.ts";
import { serviceGraph } from "../service-graph.ts";
import type { XRayContext } from "./context.ts";

export const getTraceGraph =
  ({ traces }: XRayContext) =>
  (request: RestInput, call: Call): object => {
    call.authorize("xray:GetTraceGraph", "*");
    const input = parseInput(request);
    return pageOfServices(serviceGraph(requestedTraces(traces, input).found), pageToken(input));
  };
