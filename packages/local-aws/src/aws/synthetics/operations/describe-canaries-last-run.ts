import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { authorizedCanaries } from "../authorized-canaries.ts";
import { runDescription } from "../run-description.ts";
import type { SyntheticsContext } from "./context.ts";

export const describeCanariesLastRun =
  ({ canaries }: SyntheticsContext) =>
  (input: RestInput, call: Call): object => {
    const { page, next } = authorizedCanaries(canaries, input, call, "synthetics:DescribeCanariesLastRun");
    const lastRuns = page.flatMap(({ name }) => {
      const [run] = canaries.runsOf(name);
      return run ? [{ CanaryName: name, LastRun: runDescription(run) }] : [];
    });
    return { CanariesLastRun: lastRuns, NextToken: next };
  };
