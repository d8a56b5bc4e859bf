import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { parseInput, stringList } from "../input.ts";
import { InvalidSegmentError, parseSegment } from "../parse-segment.ts";
import type { XRayContext } from "./context.ts";

/** Stores the valid documents and returns why the others are not processed. */
export const putTraceSegments =
  ({ traces, clock }: XRayContext) =>
  (input: RestInput, call: Call): object => {
    call.authorize("xray:PutTraceSegments", "*");
    const unprocessed = stringList(parseInput(input), "TraceSegmentDocuments").flatMap((document) => {
      try {
        traces.put(parseSegment(document, clock.now()));
        return [];
      } catch (error) {
        if (!(error instanceof InvalidSegmentError)) throw error;
        return [{ Id: error.segmentId, ErrorCode: error.code, Message: error.message }];
      }
    });
    return { UnprocessedTraceSegments: unprocessed };
  };
