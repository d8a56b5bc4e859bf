import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { unsupported } from "../../../runtime/error.ts";
import { optionalString, pageToken, parseInput, timeRange } from "../input.ts";
import { pageOfServices } from "../page-of-services.ts";
import { serviceGraph } from "../service-graph.ts";
import type { XRayContext } from "./context.ts";

export const getServiceGraph =
  ({ traces }: XRayContext) =>
  (request: RestInput, call: Call): object => {
    call.authorize("xray:GetServiceGraph", "*");
    const input = parseInput(request);
    for (const member of ["GroupName", "GroupARN"]) {
      if (optionalString(input, member))
        throw unsupported(`groups of X-Ray (${member})`, { code: "InvalidRequestException" });
    }
    const { startTime, endTime } = timeRange(input);
    const inRange = traces.all().filter((trace) => trace.startTime >= startTime && trace.startTime <= endTime);
    return {
      StartTime: startTime,
      EndTime: endTime,
      ContainsOldGroupVersions: false,
      ...pageOfServices(serviceGraph(inRange), pageToken(input)),
    };
  };
