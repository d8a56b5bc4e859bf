import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { type Input, invalidRequest, parseInput } from "../input.ts";
import { DEFAULT_RULE, SAMPLING_RULE } from "../sampling-rule.ts";
import type { XRayContext } from "./context.ts";

/** Seconds until a program asks again. */
const INTERVAL = 10;

/** A quota for the reservoir of each rule that a program uses. */
export const getSamplingTargets =
  ({ clock }: XRayContext) =>
  (request: RestInput, call: Call): object => {
    call.authorize("xray:GetSamplingTargets", "*");
    const documents = parseInput(request).SamplingStatisticsDocuments;
    if (!Array.isArray(documents)) throw invalidRequest("SamplingStatisticsDocuments is a list.");
    const names = documents.map((document: Input) => String(document.RuleName));
    return {
      SamplingTargetDocuments: names
        .filter((name) => name === DEFAULT_RULE)
        .map((RuleName) => ({
          RuleName,
          FixedRate: SAMPLING_RULE.FixedRate,
          ReservoirQuota: SAMPLING_RULE.ReservoirSize,
          ReservoirQuotaTTL: clock.now() / 1_000 + INTERVAL,
          Interval: INTERVAL,
        })),
      LastRuleModification: 0,
      UnprocessedStatistics: names
        .filter((name) => name !== DEFAULT_RULE)
        .map((RuleName) => ({
          RuleName,
          ErrorCode: "InvalidRequestException",
          Message: `There is no sampling rule ${RuleName}.`,
        })),
    };
  };
