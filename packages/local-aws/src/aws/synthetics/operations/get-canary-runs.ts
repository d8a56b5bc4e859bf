import { paginate } from "../../../gateway/paginate.ts";
import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { authorizedCanary } from "../authorized-canary.ts";
import { type PageInput, pageOptions } from "../page-input.ts";
import { parseBody } from "../parse-body.ts";
import { runDescription } from "../run-description.ts";
import type { SyntheticsContext } from "./context.ts";

/** Maximum per response. https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/API_GetCanaryRuns.html */
const MAX_RUNS = 100;

export const getCanaryRuns =
  ({ canaries }: SyntheticsContext) =>
  (input: RestInput, call: Call): object => {
    const { name } = authorizedCanary(canaries, input, call, "synthetics:GetCanaryRuns");
    const { page, next } = paginate(canaries.runsOf(name), pageOptions(parseBody(input) as PageInput, MAX_RUNS));
    return { CanaryRuns: page.map(runDescription), NextToken: next };
  };
