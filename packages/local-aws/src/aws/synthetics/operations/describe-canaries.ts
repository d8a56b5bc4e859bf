import type { Call, RestInput } from "../../../gateway/protocol.ts";
import type { Canaries } from "../canaries.ts";
import { canaryDescription } from "./canary-description.ts";
import { canaryPage } from "./canary-page.ts";

export const describeCanaries =
  (canaries: Canaries) =>
  (input: RestInput, call: Call): object => {
    const { page, next } = canaryPage(canaries, input, call, "synthetics:DescribeCanaries");
    return {
      Canaries: page.map((canary) => canaryDescription(canary, canaries.stateOf(canary.name))),
      NextToken: next,
    };
  };
