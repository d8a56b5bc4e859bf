import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { authorizedCanaries } from "../authorized-canaries.ts";
import { canaryDescription } from "../canary-description.ts";
import type { SyntheticsContext } from "./context.ts";

export const describeCanaries =
  ({ canaries }: SyntheticsContext) =>
  (input: RestInput, call: Call): object => {
    const { page, next } = authorizedCanaries(canaries, input, call, "synthetics:DescribeCanaries");
    return {
      Canaries: page.map((canary) => canaryDescription(canary, canaries.stateOf(canary.name))),
      NextToken: next,
    };
  };
