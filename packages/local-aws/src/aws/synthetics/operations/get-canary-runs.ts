import type { Call, RestInput } from "../../../gateway/protocol.ts";
import type { Canaries } from "../canaries.ts";
import { findCanary } from "./find-canary.ts";
import { type PageInput, paginate } from "./page.ts";
import { parseBody } from "./parse-body.ts";
import { runDescription } from "./run-description.ts";

/** Maximum per response. https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/API_GetCanaryRuns.html */
const MAX_RUNS = 100;

export const getCanaryRuns =
  (canaries: Canaries) =>
  (input: RestInput, call: Call): object => {
    const { name } = findCanary(canaries, input, call, "synthetics:GetCanaryRuns");
    const { page, NextToken } = paginate(canaries.runsOf(name), parseBody(input) as PageInput, MAX_RUNS);
    return { CanaryRuns: page.map(runDescription), NextToken };
  };
