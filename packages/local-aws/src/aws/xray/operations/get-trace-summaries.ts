import { paginate } from "../../../gateway/paginate.ts";
import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { parseFilter } from "../filter/parse-filter.ts";
import { invalidRequest, optionalString, pageToken, parseInput, timeRange } from "../input.ts";
import { traceSummary } from "../trace-summary.ts";
import type { XRayContext } from "./context.ts";

const PAGE_SIZE = 100;
/** https://docs.aws.amazon.com/xray/latest/api/API_GetTraceSummaries.html */
const MAX_RANGE_SECONDS = 6 * 3_600;

/** The local AWS indexes all traces by their start, so all types of the time range are the same. */
export const getTraceSummaries =
  ({ traces, clock }: XRayContext) =>
  (request: RestInput, call: Call): object => {
    call.authorize("xray:GetTraceSummaries", "*");
    const input = parseInput(request);
    const { startTime, endTime } = timeRange(input);
    if (endTime - startTime > MAX_RANGE_SECONDS) throw invalidRequest("The time range is longer than six hours.");
    const expression = optionalString(input, "FilterExpression")?.trim();
    const matches = expression ? parseFilter(expression) : () => true;
    const inRange = traces.all().filter((trace) => trace.startTime >= startTime && trace.startTime <= endTime);
    const found = inRange.filter(matches).reverse();
    const { page, next } = paginate(found, { maximum: PAGE_SIZE, token: pageToken(input) });
    return {
      TraceSummaries: page.map(traceSummary),
      ApproximateTime: clock.now() / 1_000,
      TracesProcessedCount: inRange.length,
      NextToken: next,
    };
  };
