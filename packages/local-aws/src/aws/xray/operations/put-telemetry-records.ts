import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { invalidRequest, parseInput } from "../input.ts";

/** Accepts what daemons report about themselves. As on AWS, nothing returns it. */
export const putTelemetryRecords =
  () =>
  (input: RestInput, call: Call): object => {
    call.authorize("xray:PutTelemetryRecords", "*");
    if (!Array.isArray(parseInput(input).TelemetryRecords)) throw invalidRequest("TelemetryRecords is a list.");
    return {};
  };
